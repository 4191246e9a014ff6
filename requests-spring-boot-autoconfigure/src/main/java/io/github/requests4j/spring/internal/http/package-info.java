/**
 * Converts HTTP messages to the types of spring-web.
 */
@NullMarked
package io.github.requests4j.spring.internal.http;

import org.jspecify.annotations.NullMarked;
