/**
 * Provides the names of session beans and the existing sessions to other packages of the
 * starter, and defines the interfaces between {@code session} and the optional packages.
 * <p>
 * May depend on {@code internal.config}.
 */
@NullMarked
package io.github.requests4j.spring.internal.session;

import org.jspecify.annotations.NullMarked;
