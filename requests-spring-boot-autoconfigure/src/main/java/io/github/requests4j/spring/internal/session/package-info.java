/**
 * What other packages of the starter need to know about the session beans: their names,
 * and the sessions that exist.
 * <p>
 * May depend on {@code internal.config}.
 */
@NullMarked
package io.github.requests4j.spring.internal.session;

import org.jspecify.annotations.NullMarked;
