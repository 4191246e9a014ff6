/**
 * Provides the names of session beans and the existing sessions to other packages of the
 * starter, and defines what {@code session} and {@code oauth2} need of each other.
 * <p>
 * May depend on {@code internal.config}.
 */
@NullMarked
package io.github.requests4j.spring.internal.session;

import org.jspecify.annotations.NullMarked;
