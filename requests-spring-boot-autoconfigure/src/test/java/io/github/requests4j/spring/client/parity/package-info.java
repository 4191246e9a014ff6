/**
 * The same calls by Spring's own clients and by sessions, compared byte by byte.
 */
@NullMarked
package io.github.requests4j.spring.client.parity;

import org.jspecify.annotations.NullMarked;
