package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Echoes all input. It ends with its standard input.
 */
final class EchoServer {

	private EchoServer() {
	}

	/**
	 * Prints the port.
	 * @param args none
	 */
	public static void main(String[] args) throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Output.line(listener.getLocalPort());
			daemon(() -> {
				while (true) {
					Socket socket = listener.accept();
					socket.setTcpNoDelay(true);
					daemon(() -> echo(socket));
				}
			});
			while (System.in.read() >= 0) {
				continue;
			}
		}
	}

	private static void daemon(Turns.Way task) {
		Thread thread = new Thread(() -> {
			try {
				task.call();
			}
			catch (IOException ex) {
				// The peer has disconnected, which is allowed
				return;
			}
		}, "echo");
		thread.setDaemon(true);
		thread.start();
	}

	private static void echo(Socket socket) throws IOException {
		try (socket) {
			InputStream in = socket.getInputStream();
			OutputStream out = socket.getOutputStream();
			byte[] message = new byte[PingPong.LENGTH];
			while (in.readNBytes(message, 0, message.length) == message.length) {
				out.write(message);
			}
		}
	}

}
