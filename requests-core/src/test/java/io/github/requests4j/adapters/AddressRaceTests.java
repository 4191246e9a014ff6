package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.internal.wire.AddressRace;
import io.github.requests4j.testserver.BlackHole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Names with several addresses, some of which do not answer (RFC 8305). All of 127.0.0.0
 * is this machine, so each address can behave in its own way on the same port.
 */
class AddressRaceTests {

	private static final String HOST = "service.example";

	/** A port that works at 127.0.0.1 and answers nothing at 127.0.0.2 and 127.0.0.3. */
	private static final class Place implements AutoCloseable {

		private final List<BlackHole> holes = new ArrayList<>();

		private final ServerSocket good;

		Place() throws IOException {
			this.holes.add(BlackHole.open("127.0.0.2", 0));
			int port = this.holes.get(0).port();
			this.holes.add(BlackHole.open("127.0.0.3", port));
			this.good = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
			Thread thread = new Thread(this::serve, "test-server");
			thread.setDaemon(true);
			thread.start();
		}

		/** Another program may use the port at one of the addresses. */
		static Place open() throws IOException {
			for (int i = 0; i < 20; i++) {
				try {
					return new Place();
				}
				catch (BindException ex) {
					continue;
				}
			}
			return new Place();
		}

		private void serve() {
			while (!this.good.isClosed()) {
				try (Socket socket = this.good.accept()) {
					if (socket.getInputStream().read(new byte[8192]) > 0) {
						socket.getOutputStream()
							.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngood"
								.getBytes(StandardCharsets.US_ASCII));
					}
				}
				catch (IOException ex) {
					// Closed, or one client less.
					continue;
				}
			}
		}

		String url() {
			return "http://" + HOST + ":" + this.good.getLocalPort() + "/";
		}

		@Override
		public void close() throws IOException {
			this.holes.forEach(BlackHole::close);
			this.good.close();
		}

	}

	private static HttpAdapter.Builder resolving(String... addresses) {
		return HttpAdapter.builder().hostResolver((host) -> addresses(addresses));
	}

	private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
		List<InetAddress> addresses = new ArrayList<>();
		for (String text : texts) {
			addresses.add(InetAddress.getByName(text));
		}
		return addresses;
	}

	@Test
	void unresponsiveAddressOnlyDelaysTheCall() throws Exception {
		FaultInvariants.checkNoLeaks(() -> {
			try (Place place = Place.open(); HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.1").build()) {
				assertThat(Calls.text(adapter, place.url())).isEqualTo("good");
			}
			try (Place place = Place.open();
					HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.3", "127.0.0.1").build()) {
				assertThat(Calls.text(adapter, Calls.get(place.url()),
						Calls.timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))))
					.isEqualTo("good");
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
		});
	}

	@Test
	void noResponsiveAddressIsAConnectTimeout() throws Exception {
		FaultInvariants.checkNoLeaks(() -> {
			try (Place place = Place.open(); HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.3").build()) {
				assertThatExceptionOfType(ConnectTimeoutException.class).isThrownBy(
						() -> Calls.text(adapter, Calls.get(place.url()), Calls.timeouts(Duration.ofMillis(600), null)))
					.withMessageContaining(": connect timed out after 600ms (service.example/[127.0.0.2, 127.0.0.3]:");
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
		});
	}

	@Test
	void closingTheAdapterEndsAllAttempts() throws Exception {
		FaultInvariants.checkNoLeaks(() -> {
			AtomicReference<Throwable> thrown = new AtomicReference<>();
			try (Place place = Place.open(); HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.3").build()) {
				CountDownLatch begun = new CountDownLatch(1);
				Thread caller = new Thread(() -> {
					begun.countDown();
					try {
						Calls.text(adapter, place.url());
					}
					catch (RequestException ex) {
						thrown.set(ex);
					}
				}, "test-caller");
				caller.start();
				assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
				adapter.close();
				caller.join(10_000);
				assertThat(caller.isAlive()).isFalse();
			}
			assertThat(thrown.get()).isExactlyInstanceOf(ConnectionException.class);
		});
	}

	@Test
	void interruptEndsAllAttempts() throws Exception {
		FaultInvariants.checkNoLeaks(() -> {
			try (Place place = Place.open(); HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.3").build()) {
				AtomicReference<Throwable> thrown = new AtomicReference<>();
				AtomicReference<Boolean> flag = new AtomicReference<>();
				Thread caller = new Thread(() -> {
					try {
						Calls.text(adapter, place.url());
					}
					catch (RequestException ex) {
						thrown.set(ex);
					}
					flag.set(Thread.currentThread().isInterrupted());
				}, "test-caller");
				caller.start();
				caller.interrupt();
				caller.join(10_000);
				assertThat(thrown.get()).isInstanceOf(ConnectionException.class);
				assertThat(flag.get()).isTrue();
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
		});
	}

	@Test
	void deniedAddressesAreNotTried() throws Exception {
		EgressRules rules = EgressRules.builder().deny("127.0.0.2").build();
		try (Place place = Place.open();
				HttpAdapter adapter = resolving("127.0.0.2", "127.0.0.1").egress(rules).build()) {
			// Without a limit and without a second attempt: it would not end.
			assertThat(Calls.text(adapter, place.url())).isEqualTo("good");
		}
	}

	@Test
	@DisplayName("RFC 8305, section 4: the address families alternate, starting with the first")
	void addressFamiliesAlternate() throws Exception {
		assertThat(AddressRace.interleaved(addresses("10.0.0.1", "10.0.0.2", "10.0.0.3", "::1")))
			.isEqualTo(addresses("10.0.0.1", "::1", "10.0.0.2", "10.0.0.3"));
		assertThat(AddressRace.interleaved(addresses("::1", "::2", "10.0.0.1", "10.0.0.2")))
			.isEqualTo(addresses("::1", "10.0.0.1", "::2", "10.0.0.2"));
		assertThat(AddressRace.interleaved(addresses("::1"))).isEqualTo(addresses("::1"));
	}

}
