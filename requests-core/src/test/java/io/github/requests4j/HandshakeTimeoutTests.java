package io.github.requests4j;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.testserver.FaultProxy;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Peers that fall silent, or are slow, while a connection is being made: the connect
 * timeout bounds all of it.
 */
@Timeout(60)
class HandshakeTimeoutTests {

	/** What the silent peer does before it falls silent. */
	@FunctionalInterface
	interface Beginning {

		void run(RawConversation conversation) throws Exception;

	}

	private static final Beginning SILENT = (conversation) -> {
	};

	/** A TLS record that never ends. */
	private static final Beginning SLOW_TLS = (conversation) -> {
		conversation.send(new byte[] { 0x16, 3, 3, 0x40, 0 });
		trickle(conversation, (byte) 2);
	};

	private static final Beginning SLOW_CONNECT = (conversation) -> {
		conversation.readRequest();
		conversation.send("HTTP/1.1 200 OK\r\nX-Slow: ");
		trickle(conversation, (byte) 'x');
	};

	private static final Beginning SILENT_TUNNEL = (conversation) -> {
		conversation.readRequest();
		conversation.send("HTTP/1.1 200 OK\r\n\r\n");
	};

	private static final Beginning SILENT_REFUSAL = (conversation) -> {
		conversation.readRequest();
		conversation.send("HTTP/1.1 100 Continue\r\n\r\n");
	};

	private static final Beginning SOCKS5_METHOD = (conversation) -> conversation.send(new byte[] { 5, 0 });

	private static final Beginning SOCKS5_HALF = (conversation) -> conversation.send(new byte[] { 5, 0, 5, 0, 0, 1 });

	private static final Beginning SOCKS5_LOGIN = (conversation) -> conversation.send(new byte[] { 5, 2 });

	private static final Beginning SOCKS5_DONE = (conversation) -> conversation
		.send(new byte[] { 5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });

	private static final Beginning SOCKS4_HALF = (conversation) -> conversation.send(new byte[] { 0, 90 });

	/** Sends more than the network of a slow peer lets through. */
	private static void trickle(RawConversation conversation, byte piece) throws Exception {
		byte[] pieces = new byte[2_000];
		Arrays.fill(pieces, piece);
		conversation.send(pieces);
	}

	/** The way to the peer: of a slow one it lets a byte pass now and then. */
	private static FaultProxy network(String name, RawServer peer) throws IOException {
		FaultProxy network = FaultProxy.before(peer.port());
		return name.startsWith("slow") ? network.downstream(Toxic.slicer(1, Duration.ofMillis(20))) : network;
	}

	static Stream<Arguments> peers() {
		return Stream.of(Arguments.of("TLS origin", SILENT, null, ""),
				Arguments.of("slow TLS origin", SLOW_TLS, null, ""),
				Arguments.of("TLS proxy", SILENT, "https://", "proxy https://127.0.0.1:"),
				Arguments.of("slow TLS proxy", SLOW_TLS, "https://", "proxy https://127.0.0.1:"),
				Arguments.of("CONNECT", SILENT, "http://", "proxy http://127.0.0.1:"),
				Arguments.of("slow CONNECT", SLOW_CONNECT, "http://", "proxy http://127.0.0.1:"),
				Arguments.of("interim CONNECT", SILENT_REFUSAL, "http://", "proxy http://127.0.0.1:"),
				Arguments.of("TLS in a tunnel", SILENT_TUNNEL, "http://", "Connection to a.example timed out"),
				Arguments.of("SOCKS4", SILENT, "socks4://", "proxy socks4://127.0.0.1:"),
				Arguments.of("half SOCKS4", SOCKS4_HALF, "socks4a://", "proxy socks4a://127.0.0.1:"),
				Arguments.of("SOCKS5", SILENT, "socks5://", "proxy socks5://127.0.0.1:"),
				Arguments.of("SOCKS5 method", SOCKS5_METHOD, "socks5h://", "proxy socks5h://127.0.0.1:"),
				Arguments.of("SOCKS5 login", SOCKS5_LOGIN, "socks5h://me:hidden@", "proxy socks5h://127.0.0.1:"),
				Arguments.of("half SOCKS5", SOCKS5_HALF, "socks5h://", "proxy socks5h://127.0.0.1:"),
				Arguments.of("TLS through SOCKS5", SOCKS5_DONE, "socks5h://", "Connection to a.example timed out"));
	}

	private static RawServer start(Beginning beginning) throws IOException {
		return RawServer.start((conversation) -> {
			beginning.run(conversation);
			conversation.awaitClientClose();
		});
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("peers")
	@DisplayName("fault: Connect black hole: a peer that is silent or slow in a handshake ends at the connect timeout")
	void endsAtConnectTimeout(String name, Beginning beginning, String proxy, String message) throws IOException {
		try (RawServer peer = start(beginning);
				FaultProxy network = network(name, peer);
				HttpAdapter adapter = Loopback.adapter().build();
				Session session = Loopback.session(adapter).verify(false).build()) {
			String url = (proxy != null) ? "https://a.example/" : "https://a.example:" + network.port() + "/";
			assertThatExceptionOfType(ConnectTimeoutException.class).as(name)
				.isThrownBy(() -> session.get(url,
						(options) -> options.timeout(Duration.ofMillis(300), null)
							.proxy("all", (proxy != null) ? proxy + network.authority() : null)))
				.withMessageContaining("(connect timeout=0.3)")
				.withMessageContaining(message)
				.withMessageNotContaining("hidden")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("peers")
	@DisplayName("fault: Connect black hole: without a connect timeout the deadline of the call ends a handshake")
	void endsAtDeadline(String name, Beginning beginning, String proxy, String message) throws IOException {
		try (RawServer peer = start(beginning);
				FaultProxy network = network(name, peer);
				HttpAdapter adapter = Loopback.adapter().build();
				Session session = Loopback.session(adapter).verify(false).build()) {
			String url = (proxy != null) ? "https://a.example/" : "https://a.example:" + network.port() + "/";
			assertThatExceptionOfType(RequestTimeoutException.class).as(name + message)
				.isThrownBy(() -> session.get(url,
						(options) -> options.deadline(Duration.ofMillis(300))
							.proxy("all", (proxy != null) ? proxy + network.authority() : null)))
				.withMessageContaining("The deadline of 0.3 s for the whole call passed");
			assertThat(adapter.poolStatistics().leased()).isZero();
			assertThat(adapter.poolStatistics().available()).isZero();
		}
	}

}
