package io.github.requests4j.spring.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Futures of calls in flight that are cancelled or time out.
 */
class CancelledFuturesTests {

	private final List<Thread> callers = new CopyOnWriteArrayList<>();

	private Peer peer;

	@BeforeEach
	void start() throws IOException {
		this.peer = new Peer();
	}

	@AfterEach
	void stop() throws IOException {
		this.peer.close();
	}

	@Test
	void cancellingReleasesThreadAndConnection() {
		endsTheCall((client) -> client.text().cancel(true));
	}

	@Test
	void cancellingWithoutInterruptReleasesThreadAndConnection() {
		endsTheCall((client) -> client.response().cancel(false));
	}

	@Test
	void timeoutOfTheFutureReleasesThreadAndConnection() {
		endsTheCall((client) -> assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> client.text().orTimeout(50, TimeUnit.MILLISECONDS).join())
			.withCauseInstanceOf(TimeoutException.class));
	}

	@Test
	void defaultOnTimeoutReleasesThreadAndConnection() {
		endsTheCall((client) -> assertThat(client.text().completeOnTimeout("instead", 50, TimeUnit.MILLISECONDS).join())
			.isEqualTo("instead"));
	}

	@Test
	void cancellingADependentStageReleasesThreadAndConnection() {
		endsTheCall((client) -> client.text().thenApply(String::length).thenAccept((length) -> {
		}).cancel(true));
	}

	@Test
	void dependentStagesEndWithACancelledCall() {
		endsTheCall((client) -> {
			CompletableFuture<String> call = client.text();
			CompletableFuture<Integer> derived = call.thenApply(String::length);
			call.cancel(true);
			assertThat(derived).isCompletedExceptionally();
		});
	}

	@Test
	@Tag("jdk25")
	void cancellingEndsAVirtualThreadAndReleasesTheConnection() {
		runner().withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> {
				CompletableFuture<String> future = context.getBean(Slow.class).text();
				this.peer.awaitRequests(1);
				future.cancel(true);
				await().untilAsserted(() -> assertThat(leased(context)).isZero());
				assertThat(this.callers).singleElement().satisfies((thread) -> {
					assertThat(thread.getClass().getName()).contains("Virtual");
					await().until(() -> !thread.isAlive());
				});
			});
	}

	@Test
	void interruptDoesNotReachTheNextTask() {
		Loop loop = new Loop();
		this.peer.delay = 1_500_000;
		runner().withBean(AsyncCalls.CallExecutor.BEAN, Executor.class, () -> loop).run((context) -> {
			Slow client = context.getBean(Slow.class);
			Random random = new Random(8);
			for (int i = 0; i < 400; i++) {
				CompletableFuture<?> future = (i % 2 == 0) ? client.text() : client.response();
				LockSupport.parkNanos(random.nextInt(3_000_000));
				future.cancel(true);
				assertThat(loop.isInterruptedNow()).as("interrupted after call " + i).isFalse();
				assertThat(leased(context)).as("leased after call " + i).isZero();
			}
		});
		loop.stop();
	}

	/**
	 * Ends a call to a server that does not answer, and checks that nothing is left of
	 * it.
	 */
	private void endsTheCall(Consumer<Slow> ending) {
		Loop loop = new Loop();
		runner().withBean(AsyncCalls.CallExecutor.BEAN, Executor.class, () -> loop).run((context) -> {
			Slow client = context.getBean(Slow.class);
			ending.accept(new Awaiting(client, this.peer));
			// Were the thread still in the call, this would wait for it.
			assertThat(loop.isInterruptedNow()).as("interrupted").isFalse();
			assertThat(leased(context)).as("leased").isZero();
		});
		loop.stop();
	}

	private static int leased(AssertableApplicationContext context) {
		Collection<?> adapters = context.getBean(Session.class).adapters().values();
		return adapters.stream()
			.filter(HttpAdapter.class::isInstance)
			.distinct()
			.mapToInt((adapter) -> ((HttpAdapter) adapter).poolStatistics().leased())
			.sum();
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withBean(SessionCustomizer.class,
					() -> (name, builder) -> builder.interceptor((request, options, chain) -> {
						this.callers.add(Thread.currentThread());
						return chain.proceed(request, options);
					}))
			.withPropertyValues("requests.sessions.s.base-url=http://127.0.0.1:" + this.peer.port(),
					"requests.sessions.s.read-timeout=5m");
	}

	/** Calls whose request has arrived before anything else happens to them. */
	private record Awaiting(Slow client, Peer peer) implements Slow {

		@Override
		public CompletableFuture<String> text() {
			CompletableFuture<String> future = this.client.text();
			this.peer.awaitRequests(1);
			return future;
		}

		@Override
		public CompletableFuture<Response> response() {
			CompletableFuture<Response> future = this.client.response();
			this.peer.awaitRequests(1);
			return future;
		}

	}

	/** One thread, which does not clear its interrupt flag between tasks. */
	private static final class Loop implements Executor {

		private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

		private final Thread thread = new Thread(this::runAll, "loop");

		private volatile boolean over;

		Loop() {
			this.thread.setDaemon(true);
			this.thread.start();
		}

		private void runAll() {
			while (!this.over) {
				Runnable task = this.tasks.poll();
				if (task != null) {
					task.run();
				}
				else {
					LockSupport.parkNanos(20_000);
				}
			}
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
		}

		/** What the next task sees. */
		boolean isInterruptedNow() {
			FutureTask<Boolean> probe = new FutureTask<>(() -> Thread.currentThread().isInterrupted());
			execute(probe);
			try {
				return probe.get(20, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new AssertionError("The thread is not free", ex);
			}
		}

		void stop() {
			this.over = true;
		}

	}

	/** Answers after a while, or never. */
	private static final class Peer implements AutoCloseable {

		private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final List<Socket> open = new CopyOnWriteArrayList<>();

		private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

		/** The longest time until it answers, in nanoseconds; 0 for never. */
		private volatile int delay;

		Peer() throws IOException {
			daemon(this::acceptAll);
		}

		int port() {
			return this.listener.getLocalPort();
		}

		void awaitRequests(int count) {
			await().untilAsserted(() -> assertThat(this.requests.size()).isGreaterThanOrEqualTo(count));
		}

		private void acceptAll() {
			while (!this.listener.isClosed()) {
				try {
					Socket socket = this.listener.accept();
					this.open.add(socket);
					daemon(() -> serve(socket));
				}
				catch (IOException ex) {
					// Closed: the loop ends.
					continue;
				}
			}
		}

		private void serve(Socket socket) {
			Random random = new Random(3);
			try (socket) {
				byte[] buffer = new byte[8192];
				for (int count = socket.getInputStream().read(buffer); count >= 0; count = socket.getInputStream()
					.read(buffer)) {
					this.requests.add("request");
					if (this.delay > 0) {
						LockSupport.parkNanos(random.nextInt(this.delay));
						socket.getOutputStream()
							.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
								.getBytes(StandardCharsets.US_ASCII));
					}
				}
			}
			catch (IOException ex) {
				// The client has gone.
				return;
			}
		}

		private static void daemon(Runnable work) {
			Thread thread = new Thread(work, "peer");
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			for (Socket socket : this.open) {
				socket.close();
			}
		}

	}

	@EnableRequestsClients(clients = Slow.class)
	static class Clients {

	}

	/**
	 * A client of a slow server.
	 */
	@RequestsClient("s")
	public interface Slow {

		@GetExchange("/text")
		CompletableFuture<String> text();

		@GetExchange("/response")
		CompletableFuture<Response> response();

	}

}
