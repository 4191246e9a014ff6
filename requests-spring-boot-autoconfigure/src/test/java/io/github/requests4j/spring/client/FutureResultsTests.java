package io.github.requests4j.spring.client;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.context.ContextRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that return futures.
 */
@ExtendWith(MockServers.class)
class FutureResultsTests {

	private final MockWebServer server = new MockWebServer();

	private final Witness witness = new Witness();

	@Test
	void callsRunOnTheTaskExecutorOfTheApplication() {
		enqueue(200, "hello");
		runner().run((context) -> {
			assertThat(client(context).text().get(30, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(this.witness.thread).startsWith("task-");
		});
	}

	@Test
	void withoutTaskExecutorEachCallHasItsOwnThread() {
		enqueue(200, "hello");
		bare().run((context) -> {
			assertThat(client(context).text().get(30, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(this.witness.thread).startsWith("requests-");
		});
	}

	@Test
	void everyKindOfResultIsSupported() {
		enqueue(404, "gone");
		enqueue(500, "broken");
		enqueue(200, "a\nb");
		enqueue(200, "");
		enqueue(418, "tea");
		runner().run((context) -> {
			Later client = client(context);
			assertThat(client.optional().get(30, TimeUnit.SECONDS)).isEmpty();
			assertThat(client.entity().get(30, TimeUnit.SECONDS).getStatusCode().value()).isEqualTo(500);
			assertThat(client.lines().get(30, TimeUnit.SECONDS)).containsExactly("a", "b");
			assertThat(client.nothing().get(30, TimeUnit.SECONDS)).isNull();
			assertThat(client.response().get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(418);
		});
	}

	@Test
	void errorsCompleteTheFuture() {
		enqueue(500, "broken");
		runner().run((context) -> assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> client(context).text().get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(HttpException.class));
	}

	@Test
	void contextOfTheCallerIsPropagated() {
		enqueue(200, "hello");
		ThreadLocal<String> user = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("user", user);
		try {
			user.set("ann");
			this.witness.look = user::get;
			runner().run((context) -> client(context).text().get(30, TimeUnit.SECONDS));
			assertThat(this.witness.seen).isEqualTo("ann");
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("user");
		}
	}

	@Test
	void cancellingInterruptsTheCall() {
		this.witness.hold = new CountDownLatch(1);
		runner().run((context) -> {
			CompletableFuture<String> future = client(context).text();
			assertThat(this.witness.called.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(future.cancel(true)).isTrue();
			assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
			assertThat(this.witness.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(this.server.getRequestCount()).isZero();
		});
	}

	@Test
	void cancellingADependentStageCancelsTheCall() {
		this.witness.hold = new CountDownLatch(1);
		runner().run((context) -> {
			CompletableFuture<String> call = client(context).text();
			CompletableFuture<Integer> future = call.thenApply(String::length);
			assertThat(this.witness.called.await(30, TimeUnit.SECONDS)).isTrue();
			future.cancel(true);
			assertThat(this.witness.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(call).isCancelled();
		});
	}

	@Test
	void cancelledQueuedCallsAreNotSent() {
		CountDownLatch busy = new CountDownLatch(1);
		AtomicInteger ran = new AtomicInteger();
		bare().withBean(AsyncCalls.CallExecutor.BEAN, Executor.class, () -> (task) -> new Thread(() -> {
			try {
				busy.await();
				task.run();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				ran.incrementAndGet();
			}
		}).start()).run((context) -> {
			client(context).text().cancel(false);
			busy.countDown();
			enqueue(200, "second");
			assertThat(client(context).text().get(30, TimeUnit.SECONDS)).isEqualTo("second");
			assertThat(this.server.getRequestCount()).isOne();
		});
	}

	@Test
	void fullExecutorFailsTheFuture() {
		bare().withBean(AsyncCalls.CallExecutor.BEAN, Executor.class, () -> (task) -> {
			throw new RejectedExecutionException("full");
		})
			.run((context) -> assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> client(context).text().get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(RequestException.class)
				.withMessageContaining("spring.task.execution.pool"));
	}

	@Test
	void onlyOtherExecutorIsUsed() {
		enqueue(200, "hello");
		bare().withBean("mine", SimpleAsyncTaskExecutor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
			.run((context) -> {
				client(context).text().get(30, TimeUnit.SECONDS);
				assertThat(this.witness.thread).startsWith("mine-");
			});
	}

	private Later client(AssertableApplicationContext context) {
		return context.getBean(Later.class);
	}

	private ApplicationContextRunner runner() {
		return bare().withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class));
	}

	private ApplicationContextRunner bare() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withBean(SessionCustomizer.class, () -> (name, builder) -> builder.interceptor(this.witness))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"));
	}

	private void enqueue(int status, String body) {
		this.server.enqueue(
				new MockResponse.Builder().code(status).addHeader("Content-Type", "text/plain").body(body).build());
	}

	/** Records where calls are made, and blocks them. */
	private static final class Witness implements CallInterceptor {

		final CountDownLatch called = new CountDownLatch(1);

		final CountDownLatch interrupted = new CountDownLatch(1);

		volatile CountDownLatch hold = new CountDownLatch(0);

		volatile Supplier<String> look = () -> null;

		volatile String seen;

		volatile String thread;

		@Override
		public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
			this.thread = Thread.currentThread().getName();
			this.seen = this.look.get();
			this.called.countDown();
			try {
				this.hold.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw new RequestException("interrupted", ex);
			}
			return chain.proceed(request, options);
		}

	}

	@EnableRequestsClients(clients = Later.class)
	static class Clients {

	}

	/**
	 * Every kind of result, as a future.
	 */
	@RequestsClient("s")
	public interface Later {

		@GetExchange("/text")
		CompletableFuture<String> text();

		@GetExchange("/optional")
		CompletableFuture<Optional<String>> optional();

		@GetExchange("/entity")
		CompletableFuture<ResponseEntity<String>> entity();

		@GetExchange("/lines")
		CompletableFuture<Stream<String>> lines();

		@GetExchange("/nothing")
		CompletableFuture<Void> nothing();

		@GetExchange("/response")
		CompletableFuture<Response> response();

	}

}
