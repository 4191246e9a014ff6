package io.github.requests4j.testserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Carries bytes both ways between two connections until one side ends.
 */
final class Relay {

	private Relay() {
	}

	/** Connects to this port, reports that to the client, and forwards the data. */
	static void run(RawConversation client, int port, byte[] greeting) {
		try (Socket target = new Socket("127.0.0.1", port)) {
			client.send(greeting);
			Thread back = new Thread(() -> copy(target, client), "test-relay");
			back.setDaemon(true);
			back.start();
			pump(client.in(), target.getOutputStream());
		}
		catch (IOException ex) {
			// Either side may break off.
			return;
		}
	}

	private static void copy(Socket target, RawConversation client) {
		try {
			pump(target.getInputStream(), client.out());
			client.close();
		}
		catch (IOException ex) {
			// Whoever was reset by one side resets the other.
			RawServer.quietly(client::reset);
		}
	}

	private static void pump(InputStream in, OutputStream out) throws IOException {
		byte[] buffer = new byte[8192];
		int length = in.read(buffer);
		while (length >= 0) {
			out.write(buffer, 0, length);
			out.flush();
			length = in.read(buffer);
		}
	}

}
