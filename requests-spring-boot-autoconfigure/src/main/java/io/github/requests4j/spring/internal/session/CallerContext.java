package io.github.requests4j.spring.internal.session;

import io.micrometer.context.ContextSnapshotFactory;

import org.springframework.util.ClassUtils;

/**
 * Carries observations, the security context and similar values of a thread to another
 * one, if Micrometer's context propagation is available.
 */
public final class CallerContext {

	private static final boolean AVAILABLE = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			CallerContext.class.getClassLoader());

	private CallerContext() {
	}

	/**
	 * Returns whether values can be carried to other threads.
	 * @return {@code false} if Micrometer's context propagation is missing
	 */
	public static boolean isAvailable() {
		return AVAILABLE;
	}

	/**
	 * Returns a task that runs with the values of the current thread.
	 * @param task the task
	 * @return the task for the other thread; the same one if values cannot be carried
	 */
	public static Runnable capture(Runnable task) {
		return AVAILABLE ? Captured.wrap(task) : task;
	}

	/**
	 * This is a separate class, because Micrometer's context propagation may be absent.
	 */
	private static final class Captured {

		private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

		private Captured() {
		}

		static Runnable wrap(Runnable task) {
			return FACTORY.captureAll().wrap(task);
		}

	}

}
