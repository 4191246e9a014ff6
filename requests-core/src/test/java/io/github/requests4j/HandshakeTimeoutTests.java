package io.github.requests4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.testserver.FaultProxy;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Together;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Peers that are silent or slow while a connection is being established: the connect
 * timeout bounds the whole handshake.
 */
@Timeout(60)
class HandshakeTimeoutTests {

	/** What the silent peer does before it stops responding. */
	@FunctionalInterface
	interface Beginning {

		void run(RawConversation conversation) throws Exception;

	}

	private static final Duration LIMIT = Duration.ofMillis(500);

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

	/**
	 * A peer.
	 *
	 * @param proxy the scheme of the URL by which it is the proxy, or null
	 * @param message what the message of a connect timeout says
	 */
	record Peer(String name, Beginning beginning, String proxy, String message) {

		String url(FaultProxy network) {
			return (this.proxy != null) ? "https://a.example/" : "https://a.example:" + network.port() + "/";
		}

		String proxyUrl(FaultProxy network) {
			return (this.proxy != null) ? this.proxy + network.authority() : null;
		}

	}

	private static List<Peer> peers() {
		return List.of(new Peer("TLS origin", SILENT, null, ""), new Peer("slow TLS origin", SLOW_TLS, null, ""),
				new Peer("TLS proxy", SILENT, "https://", "proxy https://127.0.0.1:"),
				new Peer("slow TLS proxy", SLOW_TLS, "https://", "proxy https://127.0.0.1:"),
				new Peer("CONNECT", SILENT, "http://", "proxy http://127.0.0.1:"),
				new Peer("slow CONNECT", SLOW_CONNECT, "http://", "proxy http://127.0.0.1:"),
				new Peer("interim CONNECT", SILENT_REFUSAL, "http://", "proxy http://127.0.0.1:"),
				new Peer("TLS in a tunnel", SILENT_TUNNEL, "http://", "the TLS handshake timed out"),
				new Peer("SOCKS4", SILENT, "socks4://", "proxy socks4://127.0.0.1:"),
				new Peer("half SOCKS4", SOCKS4_HALF, "socks4a://", "proxy socks4a://127.0.0.1:"),
				new Peer("SOCKS5", SILENT, "socks5://", "proxy socks5://127.0.0.1:"),
				new Peer("SOCKS5 method", SOCKS5_METHOD, "socks5h://", "proxy socks5h://127.0.0.1:"),
				new Peer("SOCKS5 login", SOCKS5_LOGIN, "socks5h://me:hidden@", "proxy socks5h://127.0.0.1:"),
				new Peer("half SOCKS5", SOCKS5_HALF, "socks5h://", "proxy socks5h://127.0.0.1:"),
				new Peer("TLS through SOCKS5", SOCKS5_DONE, "socks5h://", "the TLS handshake timed out"));
	}

	/** What is tried with each peer. */
	@FunctionalInterface
	interface Attempt {

		void make(Peer peer, FaultProxy network, HttpAdapter adapter, Session session);

	}

	/** They only wait, so they all run at the same time. */
	private static void withEach(Attempt attempt) throws Exception {
		List<Together.Check> checks = new ArrayList<>();
		for (Peer peer : peers()) {
			checks.add(() -> with(peer, attempt));
		}
		Together.run(checks);
	}

	private static void with(Peer peer, Attempt attempt) throws IOException {
		try (RawServer server = start(peer.beginning());
				FaultProxy network = network(peer.name(), server);
				HttpAdapter adapter = Loopback.adapter().build();
				Session session = Loopback.session(adapter).verify(false).build()) {
			attempt.make(peer, network, adapter, session);
		}
	}

	/** The network to the peer; for a slow one, it forwards a byte from time to time. */
	private static FaultProxy network(String name, RawServer peer) throws IOException {
		FaultProxy network = FaultProxy.before(peer.port());
		return name.startsWith("slow") ? network.downstream(Toxic.slicer(1, Duration.ofMillis(20))) : network;
	}

	private static RawServer start(Beginning beginning) throws IOException {
		return RawServer.start((conversation) -> {
			beginning.run(conversation);
			conversation.awaitClientClose();
		});
	}

	@Test
	@DisplayName("fault: Connect black hole: a handshake with a silent or slow peer ends at the connect timeout")
	void handshakeEndsAtTheConnectTimeout() throws Exception {
		withEach((peer, network, adapter, session) -> {
			assertThatExceptionOfType(ConnectTimeoutException.class).as(peer.name())
				.isThrownBy(() -> session.get(peer.url(network),
						(options) -> options.timeout(LIMIT, null).proxy("all", peer.proxyUrl(network))))
				.withMessageContaining("timed out after 500ms")
				.withMessageContaining(peer.message())
				.withMessageNotContaining("hidden")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(adapter.poolStatistics()).as(peer.name()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		});
	}

	@Test
	@DisplayName("fault: Connect black hole: without a connect timeout the deadline of the call ends a handshake")
	void handshakeEndsAtTheDeadline() throws Exception {
		withEach((peer, network, adapter, session) -> {
			assertThatExceptionOfType(RequestTimeoutException.class).as(peer.name())
				.isThrownBy(() -> session.get(peer.url(network),
						(options) -> options.deadline(LIMIT).proxy("all", peer.proxyUrl(network))))
				.withMessageContaining("the deadline of 500ms for the whole call passed");
			assertThat(adapter.poolStatistics().leased()).as(peer.name()).isZero();
			assertThat(adapter.poolStatistics().available()).as(peer.name()).isZero();
		});
	}

}
