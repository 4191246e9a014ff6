package io.github.requests4j.testserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * The effect of each toxic on a server that sends back what it receives.
 */
@Tag("once")
class FaultProxyTests {

	private RawServer server;

	private FaultProxy proxy;

	@BeforeEach
	void start() throws IOException {
		this.server = RawServer.start((conversation) -> {
			byte[] buffer = new byte[1024];
			int count = conversation.in().read(buffer);
			while (count >= 0) {
				conversation.out().write(buffer, 0, count);
				count = conversation.in().read(buffer);
			}
		});
		this.proxy = FaultProxy.before(this.server.port());
	}

	@AfterEach
	void nothingIsLeft() {
		this.proxy.close();
		await().until(() -> this.proxy.openConnections() == 0 && this.server.openConnections() == 0);
		this.server.close();
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress("127.0.0.1", this.proxy.port()));
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String read(Socket socket, int length) throws IOException {
		return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void add(boolean upstream, Toxic... toxics) {
		if (upstream) {
			this.proxy.upstream(toxics);
		}
		else {
			this.proxy.downstream(toxics);
		}
	}

	@Test
	@DisplayName("without toxics everything is forwarded, also the end of one side alone")
	void everythingIsForwardedWithoutToxics() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "hello");
			socket.shutdownOutput();
			assertThat(read(socket, 100)).isEqualTo("hello");
			assertThat(this.proxy.connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("latency delays data, slicer and bandwidth stretch it, and nothing is lost")
	void latencyDelaysTheData(boolean upstream) throws IOException {
		add(upstream, Toxic.latency(Duration.ofMillis(50)), Toxic.slicer(10, Duration.ofMillis(5)),
				Toxic.bandwidth(1000));
		String text = "0123456789".repeat(10);
		long start = System.nanoTime();
		try (Socket socket = connect()) {
			send(socket, text);
			assertThat(read(socket, text.length())).isEqualTo(text);
			assertThat(since(start)).isGreaterThan(Duration.ofMillis(50 + 10 * 5 + 100));
		}
	}

	@Test
	@DisplayName("slicer: data that is sent together arrives in pieces")
	void slicerSplitsTheData() throws IOException {
		// On a busy machine, a short pause is over before the first read.
		this.proxy.downstream(Toxic.slicer(3, Duration.ofSeconds(1)));
		try (Socket socket = connect()) {
			send(socket, "hello");
			byte[] buffer = new byte[100];
			InputStream in = socket.getInputStream();
			assertThat(in.read(buffer)).isEqualTo(3);
			assertThat(in.read(buffer)).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("slow_close: the data arrives immediately, the end late")
	void slowCloseDelaysTheEnd() throws IOException {
		this.proxy.downstream(Toxic.slowClose(Duration.ofMillis(200)));
		try (Socket socket = connect()) {
			long start = System.nanoTime();
			send(socket, "hello");
			socket.shutdownOutput();
			assertThat(read(socket, 5)).isEqualTo("hello");
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
			assertThat(since(start)).isGreaterThan(Duration.ofMillis(200));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("timeout: nothing is forwarded, and the connection is closed after a time or never")
	void timeoutForwardsNothing(boolean upstream) throws IOException {
		add(upstream, Toxic.timeout(Duration.ofMillis(100)));
		try (Socket socket = connect()) {
			send(socket, "hello");
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		this.proxy.heal();
		add(upstream, Toxic.timeout(Duration.ZERO));
		try (Socket socket = connect()) {
			send(socket, "hello");
			socket.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("reset_peer: nothing is forwarded, and the connection is reset")
	void resetPeerResetsTheConnection(boolean upstream) throws IOException {
		add(upstream, Toxic.resetPeer(Duration.ofMillis(50)));
		try (Socket socket = connect()) {
			send(socket, "hello");
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("reset");
		}
	}

	@ParameterizedTest
	@EnumSource(Toxic.Ending.class)
	@DisplayName("limit_data: after this much data the connection is closed, reset or stuck")
	void limitDataEndsTheConnection(Toxic.Ending ending) throws IOException {
		for (boolean upstream : new boolean[] { true, false }) {
			this.proxy.heal();
			add(upstream, Toxic.limitData(3, ending));
			try (Socket socket = connect()) {
				send(socket, "hello");
				if (ending == Toxic.Ending.CLOSE) {
					assertThat("hel").startsWith(read(socket, 100));
				}
				else if (ending == Toxic.Ending.RESET) {
					assertThatIOException().isThrownBy(() -> read(socket, 100));
				}
				else {
					assertThat(read(socket, 3)).isEqualTo("hel");
					socket.setSoTimeout(200);
					assertThatExceptionOfType(SocketTimeoutException.class)
						.isThrownBy(() -> socket.getInputStream().read());
				}
			}
		}
	}

	@Test
	@DisplayName("toxics apply to new connections, and closing the proxy closes all")
	void closingTheProxyClosesAllConnections() throws IOException {
		try (Socket one = connect(); Socket two = connect()) {
			send(one, "one");
			assertThat(read(one, 3)).isEqualTo("one");
			this.proxy.downstream(Toxic.timeout(Duration.ZERO));
			send(one, "still");
			assertThat(read(one, 5)).isEqualTo("still");
			await().until(() -> this.proxy.openConnections() == 2);
			this.proxy.close();
			assertThat(one.getInputStream().read()).isEqualTo(-1);
			assertThat(two.getInputStream().read()).isEqualTo(-1);
			assertThatIOException().isThrownBy(this::connect);
		}
	}

	@Test
	@DisplayName("a server that rejects leaves the client with a closed connection")
	void rejectedConnectionIsClosedForTheClient() throws IOException {
		this.server.close();
		try (Socket socket = connect()) {
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	@DisplayName("a reset by the server is a reset for the client")
	void resetOfTheServerReachesTheClient() throws IOException {
		try (RawServer resetting = RawServer.start((conversation) -> {
			conversation.in().read();
			conversation.reset();
		}); FaultProxy own = FaultProxy.before(resetting.port()); Socket socket = new Socket("127.0.0.1", own.port())) {
			send(socket, "x");
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
		}
	}

}
