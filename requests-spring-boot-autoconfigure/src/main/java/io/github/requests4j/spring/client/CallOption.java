package io.github.requests4j.spring.client;

import java.util.function.Consumer;

import io.github.requests4j.http.RequestOptions;

/**
 * What an argument of a client method changes about its call; travels as an attribute of
 * the request values.
 */
@FunctionalInterface
interface CallOption extends Consumer<RequestOptions> {

}
