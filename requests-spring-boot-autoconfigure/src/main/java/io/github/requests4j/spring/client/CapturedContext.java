package io.github.requests4j.spring.client;

import io.micrometer.context.ContextSnapshotFactory;

/**
 * Carries observations, security and the like to another thread. In a class of its own,
 * since Micrometer's context propagation may be absent.
 */
final class CapturedContext {

	private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

	private CapturedContext() {
	}

	static Runnable wrap(Runnable task) {
		return FACTORY.captureAll().wrap(task);
	}

}
