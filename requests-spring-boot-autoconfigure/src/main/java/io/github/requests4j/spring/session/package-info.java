/**
 * Creates sessions as beans from the properties. They are checked when the application
 * starts and closed when it stops.
 * <p>
 * May depend on {@code internal.config}, {@code internal.logging} and
 * {@code internal.session}. Start with {@code SessionFactory}, which creates a session,
 * and {@code SessionMapper}, which passes each group of keys to the class that maps it.
 * Applications customize sessions with
 * {@link io.github.requests4j.spring.session.SessionCustomizer} beans.
 */
@NullMarked
package io.github.requests4j.spring.session;

import org.jspecify.annotations.NullMarked;
