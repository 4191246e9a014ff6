package io.github.requests4j.spring.client.composed;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * Marks clients of the session 's', and is none itself.
 */
@RequestsClient("s")
@Retention(RetentionPolicy.RUNTIME)
@interface ShopClient {

}
