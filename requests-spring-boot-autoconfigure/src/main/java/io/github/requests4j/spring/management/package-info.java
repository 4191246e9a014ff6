/**
 * Provides the endpoint {@code requests} and the health indicator for the services that
 * sessions call.
 */
@NullMarked
package io.github.requests4j.spring.management;

import org.jspecify.annotations.NullMarked;
