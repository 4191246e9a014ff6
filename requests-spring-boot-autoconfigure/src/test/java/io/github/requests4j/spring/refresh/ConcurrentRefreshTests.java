package io.github.requests4j.spring.refresh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.KeepAliveServer;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Refreshes while calls are made and sessions are created.
 */
class ConcurrentRefreshTests {

	private static final int CALLERS = 8;

	/** With all callers, a little more than 300 calls a second. */
	private static final int PAUSE_MILLIS = 25;

	private final ExecutorService executor = Executors.newFixedThreadPool(CALLERS);

	private KeepAliveServer server;

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws IOException {
		this.server = new KeepAliveServer(
				(path, headers) -> KeepAliveServer.response("200 OK", "", headers.getOrDefault("x-version", "none")));
	}

	@AfterEach
	void stop() throws IOException {
		this.executor.shutdownNow();
		this.server.close();
	}

	private String yaml(int version, String adapter) {
		return """
				requests:
				  sessions:
				    s:
				      base-url: http://127.0.0.1:%d
				      headers: {X-Version: %d}
				      adapter: %s
				""".formatted(this.server.port(), version, adapter);
	}

	@Test
	void callsSucceedDuringSomeRefreshes() throws Exception {
		refreshUnderCalls(10);
	}

	@Test
	@Tag("deep")
	void callsSucceedDuringManyRefreshes() throws Exception {
		refreshUnderCalls(200);
	}

	/**
	 * Refreshes while several threads make calls at a steady rate. Every other refresh
	 * replaces the transport.
	 */
	private void refreshUnderCalls(int refreshes) throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml(0, "{pool-maxsize: 20}"),
				Clients.class)) {
			Session session = application.session("s");
			Shop client = application.bean(Shop.class);
			assertThat(client.item()).isEqualTo("0");
			AtomicBoolean stopped = new AtomicBoolean();
			AtomicInteger calls = new AtomicInteger();
			CyclicBarrier together = new CyclicBarrier(CALLERS + 1);
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				Supplier<String> call = (i % 2 == 0) ? client::item : () -> session.get("/item").text();
				callers.add(this.executor.submit(() -> {
					together.await(30, TimeUnit.SECONDS);
					callUntil(stopped, call, calls);
					return null;
				}));
			}
			together.await(30, TimeUnit.SECONDS);
			for (int version = 1; version <= refreshes; version++) {
				int before = calls.get();
				application.apply(yaml(version, "{pool-maxsize: " + (20 + version / 2) + "}"));
				assertThat(client.item()).isEqualTo("" + version);
				await().until(() -> calls.get() >= before + CALLERS || callers.stream().anyMatch(Future::isDone));
			}
			stopped.set(true);
			for (Future<?> caller : callers) {
				caller.get(30, TimeUnit.SECONDS);
			}
			assertNothingIsLeft(application, session, refreshes + 1);
		}
	}

	/** Makes calls whose answers never go back to earlier settings. */
	private static void callUntil(AtomicBoolean stopped, Supplier<String> call, AtomicInteger calls)
			throws InterruptedException {
		int last = 0;
		while (!stopped.get()) {
			int version = Integer.parseInt(call.get());
			assertThat(version).isGreaterThanOrEqualTo(last);
			last = version;
			calls.incrementAndGet();
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
	}

	private void assertNothingIsLeft(LiveApplication application, Session session, int version) {
		application.apply(yaml(version, "{pool-maxsize: 1}"));
		assertThat(session.get("/item").text()).isEqualTo("" + version);
		await().untilAsserted(() -> assertThat(this.server.openConnections()).isEqualTo(1));
		// Only the thread that all adapters of the virtual machine share
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.filteredOn((name) -> name.startsWith("requests"))
			.hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void refreshesRunOneAfterAnother() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml(0, "{}"), Customized.class)) {
			Session session = application.session("s");
			SettingsRefresh refresh = application.bean(SettingsRefresh.class);
			AtomicInteger version = new AtomicInteger();
			application.context()
				.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("own", Map.of()) {
					@Override
					public Object getProperty(String name) {
						return name.equals("requests.sessions.s.headers.X-Version") ? version.incrementAndGet() : null;
					}

					@Override
					public String[] getPropertyNames() {
						return new String[] { "requests.sessions.s.headers.X-Version" };
					}
				});
			List<Future<?>> refreshes = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				refreshes.add(this.executor.submit(() -> refresh.refresh(false)));
			}
			for (Future<?> each : refreshes) {
				each.get(60, TimeUnit.SECONDS);
			}
			assertThat(application.report().error()).isNull();
			assertThat(application.bean(Overlaps.class).most).hasValue(1);
			assertThat(Integer.parseInt(session.get("/").text())).isGreaterThan(CALLERS);
		}
	}

	@Test
	void sessionThatIsCreatedDuringARefreshGetsTheNewSettings() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml(1, "{}"), Paused.class)) {
			Paused paused = application.bean(Paused.class);
			Future<Session> creation = this.executor.submit(() -> application.session("s"));
			assertThat(paused.creating.await(30, TimeUnit.SECONDS)).isTrue();
			Future<?> refresh = this.executor.submit(() -> application.apply(yaml(2, "{}")));
			refresh.get(60, TimeUnit.SECONDS);
			paused.go.countDown();
			Session session = creation.get(60, TimeUnit.SECONDS);
			assertThat(session.get("/").text()).isEqualTo("2");
			application.apply(yaml(3, "{}"));
			assertThat(session.get("/").text()).isEqualTo("3");
		}
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Shop {

		@GetExchange("/item")
		String item();

	}

	static class Overlaps {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

	}

	static class Customized {

		@Bean
		Overlaps overlaps() {
			return new Overlaps();
		}

		@Bean
		SessionCustomizer overlapping(Overlaps overlaps) {
			return (name, builder) -> {
				int running = overlaps.now.incrementAndGet();
				overlaps.most.accumulateAndGet(running, Math::max);
				Thread.yield();
				overlaps.now.decrementAndGet();
			};
		}

	}

	/** Pauses the first creation of a session. */
	static class Paused {

		private final CountDownLatch creating = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private final AtomicBoolean first = new AtomicBoolean(true);

		@Bean
		SessionCustomizer pausing() {
			return (name, builder) -> {
				if (this.first.getAndSet(false)) {
					this.creating.countDown();
					try {
						assertThat(this.go.await(60, TimeUnit.SECONDS)).isTrue();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				}
			};
		}

	}

}
