package io.github.requests4j.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.requests4j.http.RequestException;

/**
 * Makes calls on the application's task executor, with the context of the thread that
 * asked for them where Micrometer's context propagation is there. Safe for many threads.
 */
final class AsyncCalls {

	private static final boolean CONTEXT = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			AsyncCalls.class.getClassLoader());

	private final Supplier<Executor> executor;

	AsyncCalls(Supplier<Executor> executor) {
		this.executor = executor;
	}

	CompletableFuture<@Nullable Object> start(Callable<@Nullable Object> call) {
		CallFuture<@Nullable Object> future = new CallFuture<>();
		CallTask task = new CallTask(future.completedBy(call));
		future.runs(task);
		try {
			this.executor.get().execute(CONTEXT ? CapturedContext.wrap(task) : task);
		}
		catch (RejectedExecutionException ex) {
			future
				.completeExceptionally(new RequestException(
						"The task executor of the application takes no more calls. Let it have more threads or a longer"
								+ " queue (spring.task.execution.pool), or turn on spring.threads.virtual.enabled.",
						ex));
		}
		return future;
	}

}
