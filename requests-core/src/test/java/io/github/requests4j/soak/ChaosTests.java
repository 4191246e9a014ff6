package io.github.requests4j.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.soak.ChaosClient.ChaosException;
import io.github.requests4j.soak.ChaosClient.Road;
import io.github.requests4j.testserver.FaultProxy;
import io.github.requests4j.testserver.OpenDescriptors;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * 64 threads and one session against a hostile server, over a bad network, plain, under
 * TLS and through a proxy, with interrupts, hooks, listeners and bodies that throw: no
 * call gets the answer of another, and nothing is left behind. {@code -Dchaos.seconds}
 * sets how long, ten minutes by default. The figures are in {@code target/chaos.log}.
 */
@Tag("once")
@Tag("deep")
class ChaosTests {

	private static final int THREADS = 64;

	private static final int CONNECTIONS = 24;

	private static final int MOST_SESSIONS = 200;

	private static final long SECONDS = Long.getLong("chaos.seconds", 600);

	private static final long SLICE = Math.max(2, Math.min(30, SECONDS / 4));

	// The machine may be busy, or halted for a while.
	private static final Duration REST = Duration.ofMinutes(5);

	private static final Path LOG = Path.of("target", "chaos.log");

	private final TestCertificates certificates = new TestCertificates();

	@Test
	@Timeout(value = 3, unit = TimeUnit.HOURS)
	@DisplayName("chaos: no call receives the response of another, and nothing leaks")
	void everyCallGetsItsOwnAnswerOrAnError() throws Exception {
		SSLContext server = this.certificates.localhostContext();
		server.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
		SoakGauge before = SoakGauge.read();
		Set<String> open = OpenDescriptors.all();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS + 2);
		HttpAdapter adapter = adapter();
		try (ChaosServer plain = ChaosServer.start(server);
				ChaosServer tls = ChaosServer.startTls(server);
				FaultProxy badPlain = FaultProxy.before(plain.port());
				FaultProxy badTls = FaultProxy.before(tls.port());
				Session session = session(adapter)) {
			List<Road> roads = roads(plain.port(), tls.port(), badPlain.port(), badTls.port());
			ChaosClient client = new ChaosClient(session, roads);
			run(client, executor, adapter, List.of(badPlain, badTls));
			for (int i = 0; i < roads.size(); i++) {
				assertThat(client.answered(i)).as("answers, %s", roads.get(i).name()).isPositive();
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(REST.toSeconds(), TimeUnit.SECONDS)).as("threads ended").isTrue();
		}
		soon(() -> {
			assertThat(OpenDescriptors.all()).as("descriptors at the end")
				.filteredOn((name) -> name.startsWith("socket:"))
				.isSubsetOf(open);
			assertThat(SoakGauge.liveThreads()).as("threads at the end").isLessThanOrEqualTo(before.threads() + 2);
		});
	}

	private HttpAdapter adapter() {
		SSLContext client = this.certificates.clientContext();
		client.getClientSessionContext().setSessionCacheSize(MOST_SESSIONS);
		TlsMaterial material = TlsMaterial.of(client);
		return HttpAdapter.builder()
			.poolMaxsize(CONNECTIONS)
			.poolBlock(true)
			.tlsMaterial(() -> material)
			.hostResolver((host) -> List.of(InetAddress.getLoopbackAddress()))
			.build();
	}

	private static Session session(HttpAdapter adapter) {
		ExchangeListener listener = (exchange) -> {
			if (ThreadLocalRandom.current().nextInt(1000) == 0) {
				throw new ChaosException("listener");
			}
			return new ExchangeListener.Scope() {
			};
		};
		return Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.listener(listener)
			.interceptor((request, options, chain) -> {
				Response response = chain.proceed(request, options);
				if (ThreadLocalRandom.current().nextInt(1000) == 0) {
					response.close();
					throw new RequestException("interceptor").attach(request, null);
				}
				return response;
			})
			.mount("http://", adapter)
			.mount("https://", adapter)
			.build();
	}

	private static List<Road> roads(int plain, int tls, int badPlain, int badTls) {
		String host = "://127.0.0.1:";
		return List.of(new Road("plain", "http" + host + plain, null, false),
				new Road("TLS", "https" + host + tls, null, false),
				new Road("plain, bad network", "http" + host + badPlain, null, true),
				new Road("TLS, bad network", "https" + host + badTls, null, true),
				new Road("proxy", "http" + host + plain, "http" + host + plain, false),
				new Road("tunnel", "https" + host + tls, "http" + host + plain, false),
				new Road("proxy, bad network", "http" + host + plain, "http" + host + badPlain, true),
				new Road("tunnel, bad network", "https" + host + tls, "http" + host + badPlain, true));
	}

	private static void run(ChaosClient client, ExecutorService executor, HttpAdapter adapter,
			List<FaultProxy> networks) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		while (System.nanoTime() - end < 0) {
			long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLICE);
			List<Future<?>> tasks = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				tasks.add(executor.submit(() -> client.run(until)));
			}
			tasks.add(executor.submit(() -> spoil(networks, until)));
			tasks.add(executor.submit(() -> interrupt(client, until)));
			for (Future<?> task : tasks) {
				finish(task);
			}
			assertThat(client.surprises()).isEmpty();
			soon(() -> {
				assertThat(adapter.poolStatistics().leased()).as("leased").isZero();
				assertThat(adapter.poolStatistics().pending()).as("pending").isZero();
			});
			log(client, adapter);
		}
	}

	private static void finish(Future<?> task) throws Exception {
		try {
			task.get(SLICE + REST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			StringBuilder stuck = new StringBuilder("A call never ended:\n");
			for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
				if (thread.getKey().getName().startsWith("pool-")) {
					stuck.append(thread.getKey()).append(' ').append(Arrays.toString(thread.getValue())).append('\n');
				}
			}
			throw new AssertionError(stuck.toString(), ex);
		}
	}

	/** Makes the networks good and bad by turns. */
	private static void spoil(List<FaultProxy> networks, long until) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		while (System.nanoTime() - until < 0 && pause(100)) {
			FaultProxy network = networks.get(random.nextInt(networks.size()));
			network.heal();
			switch (random.nextInt(4)) {
				case 0 -> network.downstream(toxic(random));
				case 1 -> network.upstream(toxic(random));
				case 2 -> network.resetAll();
				default -> network.closeAll();
			}
		}
		networks.forEach(FaultProxy::heal);
		networks.forEach(FaultProxy::closeAll);
	}

	private static Toxic toxic(ThreadLocalRandom random) {
		return switch (random.nextInt(7)) {
			case 0 -> Toxic.latency(Duration.ofMillis(1 + random.nextInt(10)));
			case 1 -> Toxic.bandwidth(100_000);
			case 2 -> Toxic.slicer(1 + random.nextInt(50), Duration.ofNanos(50_000));
			case 3 -> Toxic.limitData(random.nextInt(1, 5000), Toxic.Ending.CLOSE);
			case 4 -> Toxic.limitData(random.nextInt(1, 5000), Toxic.Ending.RESET);
			case 5 -> Toxic.resetPeer(Duration.ofMillis(20));
			default -> Toxic.timeout(Duration.ofMillis(500));
		};
	}

	private static void interrupt(ChaosClient client, long until) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		while (System.nanoTime() - until < 0 && pause(random.nextInt(1, 40))) {
			client.interruptOne(random);
		}
	}

	private static boolean pause(long millis) {
		try {
			Thread.sleep(millis);
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	private static void soon(ThrowingRunnable check) {
		await().atMost(REST).pollInterval(Duration.ofMillis(20)).untilAsserted(check);
	}

	private static void log(ChaosClient client, HttpAdapter adapter) throws IOException {
		SoakGauge gauge = SoakGauge.read();
		String line = "%s %s; idle %d, heap %d KiB, sockets %d, threads %d%n".formatted(Instant.now(), client,
				adapter.poolStatistics().available(), gauge.heap() / 1024, gauge.sockets(), gauge.threads());
		Files.createDirectories(LOG.getParent());
		Files.writeString(LOG, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
