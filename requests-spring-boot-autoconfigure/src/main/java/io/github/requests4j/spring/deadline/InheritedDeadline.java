package io.github.requests4j.spring.deadline;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * The deadline that calls with {@code deadline: inherit} inherit. In a servlet web
 * application, it is set for each request that has a deadline in its headers. Other code,
 * such as a message listener, sets it for a block of code: <pre class="code">
 * try (InheritedDeadline.Scope scope = InheritedDeadline.open(Deadline.after(Duration.ofSeconds(2)))) {
 *     session.get("items");
 * }
 * </pre> It belongs to the thread. Methods of clients that return a future pass it to the
 * thread that makes the call, and so does everything else that uses Micrometer's context
 * propagation, such as a task executor with Spring's
 * {@code ContextPropagatingTaskDecorator}.
 */
public final class InheritedDeadline {

	private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

	private InheritedDeadline() {
	}

	/**
	 * Returns the deadline that calls of this thread inherit.
	 * @return the deadline, which may have passed; {@code null} if there is none
	 */
	public static @Nullable Deadline current() {
		return CURRENT.get();
	}

	/**
	 * Sets the deadline for calls of this thread until the scope is closed. An earlier
	 * deadline of an enclosing scope stays in effect.
	 * @param deadline the deadline
	 * @return the scope, to be closed by this thread
	 */
	public static Scope open(Deadline deadline) {
		Deadline outer = current();
		boolean shorter = outer == null || deadline.remainingNanos() < outer.remainingNanos();
		set(shorter ? deadline.asInherited() : outer);
		return () -> set(outer);
	}

	static void set(@Nullable Deadline deadline) {
		if (deadline != null) {
			CURRENT.set(deadline);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * The time in which a deadline is inherited. For one thread.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		/**
		 * Restores the deadline that was inherited before.
		 */
		@Override
		void close();

	}

}
