package io.github.requests4j.adapters;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Responses that arrive before the request, and so were not meant for this call. They
 * arrive together with the last data that the client waits for before it sends its
 * request, so that the order of events is deterministic.
 */
class UnsolicitedResponseTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final byte[] FORGED = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] CONNECTED = { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 };

	private final HttpAdapter adapter = HttpAdapter.builder()
		.tlsMaterial(() -> TlsMaterial.of(CERTIFICATES.clientContext()))
		.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
		.build();

	@AfterEach
	void close() {
		this.adapter.close();
	}

	@Test
	void responseBeforeTheRequestIsNotReturned() throws Exception {
		try (RawServer proxy = RawServer.start((conversation) -> {
			tunnel(conversation, FORGED);
			conversation.awaitClientClose();
		})) {
			for (PreparedRequest request : requests("http://a.example/")) {
				isNotReturned(request, throughSocks(proxy));
			}
		}
	}

	@Test
	void nextCallIsNotAffected() throws Exception {
		try (RawServer proxy = RawServer.start((conversation) -> {
			if (conversation.index() == 0) {
				tunnel(conversation, FORGED);
				conversation.awaitClientClose();
			}
			else {
				tunnel(conversation, new byte[0]);
				Rig.answerAll(conversation);
			}
		})) {
			SendOptions options = throughSocks(proxy);
			isNotReturned(Calls.get("http://a.example/first"), options);
			assertThat(Calls.text(this.adapter, Calls.get("http://a.example/second"), options))
				.isEqualTo("GET /second");
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	void responseBeforeTheRequestIsNotReturnedOverTls() throws Exception {
		try (RawServer server = RawServer.start(CERTIFICATES.localhostContext(), (conversation) -> {
			// The server sends the last message of this handshake.
			((SSLSocket) conversation.socket()).setEnabledProtocols(new String[] { "TLSv1.2" });
			conversation.send(FORGED);
			conversation.awaitClientClose();
		}); RawServer network = RawServer.start((conversation) -> relay(conversation, server.port()))) {
			for (PreparedRequest request : requests("https://" + network.authority() + "/")) {
				isNotReturned(request, SendOptions.DEFAULTS);
			}
		}
	}

	private void isNotReturned(PreparedRequest request, SendOptions options) {
		assertThatExceptionOfType(ConnectionException.class).as(request.method() + " " + request.url())
			.isThrownBy(() -> Calls.text(this.adapter, request, options))
			.satisfies((ex) -> assertThat(ex.response()).isNull());
		assertThat(this.adapter.poolStatistics().leased()).as("leased").isZero();
		assertThat(this.adapter.poolStatistics().available()).as("available").isZero();
	}

	private static List<PreparedRequest> requests(String url) {
		return List.of(Calls.get(url), Calls.post(url, Body.of("text")), Calls.post(url, Body.of(new byte[100_000])));
	}

	private static SendOptions throughSocks(RawServer proxy) {
		return Calls.proxy("all", "socks5h://" + proxy.authority());
	}

	/** Accepts a SOCKS 5 client, and sends more data together with the last reply. */
	private static void tunnel(RawConversation conversation, byte[] more) throws IOException {
		DataInputStream in = new DataInputStream(conversation.in());
		in.readByte();
		in.readNBytes(in.read());
		conversation.send(new byte[] { 5, 0 });
		in.readNBytes(4);
		in.readNBytes(in.read() + 2);
		ByteArrayOutputStream reply = new ByteArrayOutputStream();
		reply.writeBytes(CONNECTED);
		reply.writeBytes(more);
		conversation.send(reply.toByteArray());
	}

	/** Delays the end of a handshake until the data after it can be sent with it. */
	private static void relay(RawConversation client, int port) throws IOException {
		try (Socket server = new Socket("127.0.0.1", port)) {
			Thread upstream = new Thread(() -> pump(client.in(), server), "test-relay");
			upstream.setDaemon(true);
			upstream.start();
			DataInputStream records = new DataInputStream(server.getInputStream());
			ByteArrayOutputStream held = new ByteArrayOutputStream();
			boolean holding = false;
			while (true) {
				byte[] head = records.readNBytes(5);
				if (head.length < 5) {
					return;
				}
				held.writeBytes(head);
				held.writeBytes(records.readNBytes(((head[3] & 0xff) << 8) | (head[4] & 0xff)));
				boolean changesCipher = head[0] == 20;
				boolean isData = head[0] == 23;
				holding = (holding || changesCipher) && !isData;
				if (!holding) {
					client.send(held.toByteArray());
					held.reset();
				}
			}
		}
		catch (EOFException ex) {
			throw new IllegalStateException("The server closed within a record", ex);
		}
	}

	private static void pump(InputStream from, Socket to) {
		try (to; OutputStream out = to.getOutputStream()) {
			from.transferTo(out);
		}
		catch (IOException ex) {
			// One side has closed, so the connection is over.
			return;
		}
	}

}
