/**
 * Deadlines that calls inherit from the request being served. Start with
 * {@link io.github.requests4j.spring.deadline.InheritedDeadline InheritedDeadline}.
 * <p>
 * May depend on {@code session} and {@code internal}.
 */
@NullMarked
package io.github.requests4j.spring.deadline;

import org.jspecify.annotations.NullMarked;
