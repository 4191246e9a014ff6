/**
 * Messages of HTTP in the form that spring-web has for them.
 */
@NullMarked
package io.github.requests4j.spring.internal.http;

import org.jspecify.annotations.NullMarked;
