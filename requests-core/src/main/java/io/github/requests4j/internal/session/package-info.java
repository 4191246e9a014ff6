/**
 * Lets the Spring Boot starter replace the settings of frozen sessions.
 * <p>
 * Start with {@link io.github.requests4j.internal.session.Replaceable}, which sessions
 * implement.
 */
@NullMarked
package io.github.requests4j.internal.session;

import org.jspecify.annotations.NullMarked;
