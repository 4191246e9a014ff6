package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The limits of sockets, with a server that sends nothing.
 */
class LimitWatchTests {

	private ServerSocket silent;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@BeforeEach
	void listen() throws IOException {
		this.silent = new ServerSocket(0, 500);
	}

	@AfterEach
	void close() throws Exception {
		this.silent.close();
		this.threads.shutdownNow();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private WireSocket connected(Duration limit) throws IOException {
		WireSocket socket = new WireSocket();
		socket.open();
		socket.connect(new InetSocketAddress("127.0.0.1", this.silent.getLocalPort()));
		socket.limit(limit, null);
		return socket;
	}

	private static Thread watcher() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("requests4j-limit-watch"))
			.findAny()
			.orElse(null);
	}

	@Test
	void everyReadEndsAtItsOwnLimit() throws Exception {
		List<Future<Long>> late = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			// Long limits first, so that the watch must be woken for the short ones.
			Duration limit = Duration.ofMillis((i < 50) ? 400 : 20 + 7L * (i % 30));
			WireSocket socket = connected(limit);
			late.add(this.threads.submit(() -> {
				long start = System.nanoTime();
				assertThatExceptionOfType(SocketTimeoutException.class)
					.isThrownBy(() -> socket.getInputStream().read(new byte[1]));
				return System.nanoTime() - start - limit.toNanos();
			}));
		}
		for (Future<Long> each : late) {
			assertThat(each.get(30, TimeUnit.SECONDS)).as("never too early").isPositive();
		}
	}

	@Test
	void shortLimitsAreMetUnderLoad() throws Exception {
		AtomicInteger reads = new AtomicInteger();
		Callable<Void> storm = () -> {
			while (reads.getAndIncrement() < 400) {
				try (WireSocket socket = connected(Duration.ofMillis(1 + reads.get() % 5))) {
					assertThatExceptionOfType(SocketTimeoutException.class)
						.isThrownBy(() -> socket.getInputStream().read(new byte[1]));
				}
			}
			return null;
		};
		for (Future<Void> each : List.of(this.threads.submit(storm), this.threads.submit(storm),
				this.threads.submit(storm), this.threads.submit(storm))) {
			try {
				each.get(60, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				throw new AssertionError(ex.getCause());
			}
		}
	}

	@Test
	void watchSleepsUntilTheNearestLimit() throws Exception {
		try (WireSocket socket = connected(Duration.ofMillis(20))) {
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> socket.getInputStream().read(new byte[1]));
			WireSocket other = connected(Duration.ofHours(1));
			Future<Integer> reading = this.threads.submit(() -> other.getInputStream().read(new byte[1]));
			await().until(() -> watcher() != null && watcher().getState() == Thread.State.TIMED_WAITING);
			other.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> reading.get(30, TimeUnit.SECONDS));
		}
	}

	@Test
	void hugeLimitMeansNoLimit() throws Exception {
		try (WireSocket socket = connected(Duration.ofSeconds(Long.MAX_VALUE))) {
			Future<Integer> reading = this.threads.submit(() -> socket.getInputStream().read(new byte[1]));
			this.silent.accept().close();
			assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
		}
	}

}
