/**
 * Sessions as beans: from properties to {@link io.github.requests4j.Session.Builder},
 * checked when the application starts, closed when it ends.
 */
@NullMarked
package io.github.requests4j.spring.session;

import org.jspecify.annotations.NullMarked;
