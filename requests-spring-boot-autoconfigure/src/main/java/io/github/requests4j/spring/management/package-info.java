/**
 * What operators see of the sessions: the endpoint {@code requests} and the health of
 * what the sessions call.
 */
@NullMarked
package io.github.requests4j.spring.management;

import org.jspecify.annotations.NullMarked;
