/**
 * Sessions as beans: from properties to {@link io.github.requests4j.Session.Builder},
 * checked when the application starts, closed when it ends.
 * <p>
 * May depend on {@code internal.config}, {@code internal.logging} and
 * {@code internal.session}. Begin with {@code SessionFactory}, which makes a session, and
 * {@code SessionMapper}, which sends each group of keys to the class that maps it.
 * Applications change sessions by
 * {@link io.github.requests4j.spring.session.SessionCustomizer} beans.
 */
@NullMarked
package io.github.requests4j.spring.session;

import org.jspecify.annotations.NullMarked;
