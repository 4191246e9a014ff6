package io.github.requests4j.spring.client;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Where calls run that return futures: on the application's task executor, which Spring
 * Boot makes of virtual threads when it is told to; without one, each on a thread of its
 * own. Looked up with the first such call.
 */
final class CallExecutor implements Supplier<Executor> {

	/** The bean that Spring Boot runs asynchronous work on. */
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
		return (only != null) ? only : ownThreads(Threading.VIRTUAL.isActive(environment));
	}

	private static Executor ownThreads(boolean virtual) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("requests-");
		executor.setVirtualThreads(virtual);
		return executor;
	}

}
