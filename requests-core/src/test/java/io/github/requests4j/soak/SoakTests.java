package io.github.requests4j.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import javax.net.ssl.SSLContext;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.OpenDescriptors;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * 64 threads share one session and a server of which one response in twenty is a fault:
 * {@code -Dsoak.seconds}, 10 by default, an hour in the profile {@code deep}. From time
 * to time all threads pause, and what the JVM retains is measured. The figures are in
 * {@code target/soak.log}.
 */
@Tag("once")
class SoakTests {

	private static final int THREADS = 64;

	private static final int TLS_THREADS = 8;

	private static final int CONNECTIONS = 32;

	private static final int MOST_SESSIONS = 200;

	private static final long GROWTH = 4 << 20;

	private static final long SECONDS = Long.getLong("soak.seconds", 10);

	private static final long SLICE = Math.max(2, Math.min(60, SECONDS / 5));

	// The machine may be halted for a while within an hour.
	private static final Duration REST = Duration.ofMinutes((SECONDS > 120) ? 20 : 1);

	private static final Path LOG = Path.of("target", "soak.log");

	private final TestCertificates certificates = new TestCertificates();

	@Test
	@Timeout(value = 3, unit = TimeUnit.HOURS)
	@DisplayName("soak: with 64 threads and 5% faults, no call is lost and nothing grows")
	void nothingIsLostAndNothingGrows() throws Exception {
		SSLContext client = this.certificates.clientContext();
		SSLContext server = this.certificates.localhostContext();
		// Java keeps 20,480 TLS sessions on each side, some 20 MB when it is full.
		client.getClientSessionContext().setSessionCacheSize(MOST_SESSIONS);
		server.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
		TlsMaterial material = TlsMaterial.of(client);
		SoakGauge before = SoakGauge.read();
		HttpAdapter adapter = HttpAdapter.builder()
			.poolMaxsize(CONNECTIONS)
			.poolBlock(true)
			.tlsMaterial(() -> material)
			.hostResolver((host) -> List.of(InetAddress.getLoopbackAddress()))
			.build();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try (SoakServer plain = SoakServer.start();
				SoakServer tls = plain.withTls(server);
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.mount("http://", adapter)
					.mount("https://", adapter)
					.build()) {
			run(new SoakClient(session), executor, adapter, plain, tls, before);
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
		}
		soon(() -> {
			assertThat(OpenDescriptors.sockets()).as("sockets at the end").isLessThanOrEqualTo(before.sockets());
			assertThat(SoakGauge.liveThreads()).as("threads at the end").isLessThanOrEqualTo(before.threads() + 2);
		});
	}

	private static void run(SoakClient client, ExecutorService executor, HttpAdapter adapter, SoakServer plain,
			SoakServer tls, SoakGauge before) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		List<SoakGauge> gauges = new ArrayList<>();
		while (System.nanoTime() - end < 0) {
			long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLICE);
			List<Future<?>> tasks = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				String origin = (i < TLS_THREADS) ? "https://" + tls.authority() : "http://" + plain.authority();
				tasks.add(executor.submit(() -> client.run(origin, until)));
			}
			for (Future<?> task : tasks) {
				task.get(SLICE + REST.toSeconds(), TimeUnit.SECONDS);
			}
			assertThat(client.surprises()).isEmpty();
			soon(() -> isAtRest(adapter, plain, tls, before));
			soon(() -> countsAgree(client, plain));
			gauges.add(SoakGauge.read());
			log(client, plain, gauges.get(gauges.size() - 1));
		}
		// What the first slice has left is caches and classes.
		assertThat(gauges.get(gauges.size() - 1).heap()).as("heap after collection")
			.isLessThanOrEqualTo(gauges.get(0).heap() + GROWTH);
	}

	/** No connection at work, and no socket or thread beyond those that are idle. */
	private static void isAtRest(HttpAdapter adapter, SoakServer plain, SoakServer tls, SoakGauge before)
			throws IOException {
		assertThat(adapter.poolStatistics().leased()).as("leased").isZero();
		assertThat(adapter.poolStatistics().pending()).as("pending").isZero();
		int idle = adapter.poolStatistics().available();
		int served = plain.openConnections() + tls.openConnections();
		assertThat(idle).as("idle connections").isLessThanOrEqualTo(2 * CONNECTIONS);
		assertThat(served).as("connections of the server").isLessThanOrEqualTo(idle);
		assertThat(OpenDescriptors.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets() + idle + served + 2);
		assertThat(SoakGauge.liveThreads()).as("threads")
			.isLessThanOrEqualTo(before.threads() + THREADS + served + SPARE_THREADS);
	}

	/** The acceptors, and the threads that all calls share. */
	private static final int SPARE_THREADS = 6;

	private static void countsAgree(SoakClient client, SoakServer server) {
		for (SoakCall call : SoakCall.values()) {
			long sent = client.sent(call);
			assertThat(client.responses(call) + client.errors(call)).as("%s: ended", call).isEqualTo(sent);
			assertThat(client.responses(call)).as("%s: answered", call).isEqualTo(server.answered(call));
			long unseen = sent - server.seen(call);
			switch (call) {
				// A POST that meets a closed connection is an error and is never sent
				// again.
				case POST -> assertThat(client.errors(call)).as("POST unseen").isEqualTo(unseen);
				case RESET -> assertThat(unseen).as("RESET unseen").isNotNegative();
				// On a connection that was used before, it looks like one that was dead.
				case CLOSED -> assertThat(unseen).as("CLOSED again").isBetween(-sent, 0L);
				default -> assertThat(unseen).as("%s: unseen", call).isZero();
			}
		}
		assertThat(client.errors(SoakCall.POST)).as("POSTs on closed connections")
			.isLessThanOrEqualTo(server.answered(SoakCall.GONE));
	}

	private static void soon(ThrowingRunnable check) {
		await().atMost(REST).pollInterval(Duration.ofMillis(20)).untilAsserted(check);
	}

	private static long sum(ToLongFunction<SoakCall> count) {
		long sum = 0;
		for (SoakCall call : SoakCall.values()) {
			sum += count.applyAsLong(call);
		}
		return sum;
	}

	private static void log(SoakClient client, SoakServer server, SoakGauge gauge) throws IOException {
		String line = "%s sent %d = responses %d + errors %d; server read %d, answered %d; heap %d KiB, sockets %d, threads %d%n"
			.formatted(Instant.now(), sum(client::sent), sum(client::responses), sum(client::errors), sum(server::seen),
					sum(server::answered), gauge.heap() / 1024, gauge.sockets(), gauge.threads());
		Files.createDirectories(LOG.getParent());
		Files.writeString(LOG, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
