package io.github.requests4j.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.internal.session.CallerContext;

/**
 * Makes calls on the application's task executor. If Micrometer's context propagation is
 * available, they have the context of the calling thread. Thread-safe.
 */
final class AsyncCalls {

	private final Supplier<Executor> executor;

	AsyncCalls(Supplier<Executor> executor) {
		this.executor = executor;
	}

	CompletableFuture<@Nullable Object> start(Callable<@Nullable Object> call) {
		CallFuture<@Nullable Object> future = new CallFuture<>();
		CallFuture.CallTask task = new CallFuture.CallTask(future.completedBy(call));
		future.runsAs(task);
		try {
			this.executor.get().execute(CallerContext.capture(task));
		}
		catch (RejectedExecutionException ex) {
			future.completeExceptionally(new RequestException(
					"The task executor of the application rejected the call. Configure more threads or a larger queue with"
							+ " spring.task.execution.pool, or enable virtual threads with spring.threads.virtual.enabled.",
					ex));
		}
		return future;
	}

	/**
	 * The executor for calls that return futures. It is the application's task executor,
	 * which uses virtual threads if Spring Boot enables them. Without a task executor,
	 * each call runs on its own thread. The executor is looked up on the first such call.
	 */
	static final class CallExecutor implements Supplier<Executor> {

		/** The name of the task executor bean of Spring Boot. */
		static final String BEAN = "applicationTaskExecutor";

		private final SingletonSupplier<Executor> executor;

		CallExecutor(BeanFactory beans, Environment environment) {
			this.executor = SingletonSupplier.of(() -> find(beans, environment));
		}

		@Override
		public Executor get() {
			return this.executor.obtain();
		}

		private static Executor find(BeanFactory beans, Environment environment) {
			if (beans.containsBean(BEAN)) {
				return beans.getBean(BEAN, Executor.class);
			}
			AsyncTaskExecutor only = beans.getBeanProvider(AsyncTaskExecutor.class).getIfUnique();
			return (only != null) ? only : threadPerCall(Threading.VIRTUAL.isActive(environment));
		}

		private static Executor threadPerCall(boolean virtual) {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("requests-");
			executor.setVirtualThreads(virtual);
			return executor;
		}

	}

}
