package io.github.requests4j.adapters;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data that was read ahead is not lost: a second response that comes in the same segment
 * as the first is in the buffer below TLS, where it must not wait for the next request.
 */
class TlsReadAheadTests {

	@RegisterExtension
	static final TlsSetting setting = new TlsSetting();

	@Test
	void connectionWithAnUnsolicitedRecordIsNotReused() throws IOException {
		TlsMaterial material = new TlsMaterial("1.2", setting.certificates().clientContext(), List.of("TLSv1.2"),
				List.of());
		try (RawServer server = RawServer.start(setting.certificates().localhostContext(), (conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.respond(200, "expected");
				conversation.respond(200, "smuggled");
			}
		});
				PairingRelay relay = new PairingRelay(server.port());
				HttpAdapter adapter = HttpAdapter.builder().tlsMaterial(() -> material).build()) {
			for (int i = 0; i < 3; i++) {
				assertThat(Calls.text(adapter, "https://127.0.0.1:" + relay.port() + "/")).isEqualTo("expected");
			}
			assertThat(server.connectionCount()).isEqualTo(3);
		}
	}

	/**
	 * Forwards the records of a server, but those with data in pairs, so that the client
	 * receives both in one read.
	 */
	private static final class PairingRelay implements AutoCloseable {

		private static final int APPLICATION_DATA = 23;

		private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));

		private final int target;

		private final List<Socket> open = new ArrayList<>();

		PairingRelay(int target) throws IOException {
			this.target = target;
			daemon(this::acceptAll);
		}

		private interface Task {

			void run() throws IOException;

		}

		private static void daemon(Task task) {
			Thread thread = new Thread(() -> {
				try {
					task.run();
				}
				catch (IOException ex) {
					// Closed by either side: the relay is done.
					return;
				}
			}, "pairing-relay");
			thread.setDaemon(true);
			thread.start();
		}

		int port() {
			return this.listener.getLocalPort();
		}

		private void acceptAll() throws IOException {
			while (true) {
				Socket client = this.listener.accept();
				Socket server = new Socket("127.0.0.1", this.target);
				synchronized (this.open) {
					this.open.add(client);
					this.open.add(server);
				}
				daemon(() -> {
					client.getInputStream().transferTo(server.getOutputStream());
					server.shutdownOutput();
				});
				daemon(() -> passRecords(new DataInputStream(server.getInputStream()), client.getOutputStream()));
			}
		}

		private static void passRecords(DataInputStream in, OutputStream out) throws IOException {
			while (true) {
				byte[] record = record(in);
				if (record[0] == APPLICATION_DATA) {
					byte[] second = record(in);
					byte[] both = new byte[record.length + second.length];
					System.arraycopy(record, 0, both, 0, record.length);
					System.arraycopy(second, 0, both, record.length, second.length);
					record = both;
				}
				out.write(record);
			}
		}

		private static byte[] record(DataInputStream in) throws IOException {
			byte[] header = in.readNBytes(5);
			if (header.length < 5) {
				throw new IOException("The server has closed the connection");
			}
			int length = (header[3] & 0xff) << 8 | header[4] & 0xff;
			byte[] record = new byte[5 + length];
			System.arraycopy(header, 0, record, 0, 5);
			in.readFully(record, 5, length);
			return record;
		}

		@Override
		public void close() {
			try {
				this.listener.close();
				synchronized (this.open) {
					for (Socket socket : this.open) {
						socket.close();
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
