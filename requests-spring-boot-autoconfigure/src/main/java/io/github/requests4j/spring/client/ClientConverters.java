package io.github.requests4j.spring.client;

import org.springframework.http.converter.HttpMessageConverters;

/**
 * The message converters of the clients; a type of its own, since an application may have
 * converters for servers too.
 *
 * @param get the converters
 */
record ClientConverters(HttpMessageConverters get) {
}
