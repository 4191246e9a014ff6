package io.github.requests4j.spring.deadline;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * Passes the inherited deadline to other threads by Micrometer's context propagation.
 * Thread-safe.
 */
final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

	@Override
	public Object key() {
		return InheritedDeadline.class.getName();
	}

	@Override
	public @Nullable Deadline getValue() {
		return InheritedDeadline.current();
	}

	@Override
	public void setValue(Deadline deadline) {
		InheritedDeadline.set(deadline);
	}

	@Override
	public void setValue() {
		InheritedDeadline.set(null);
	}

}
