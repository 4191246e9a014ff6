package io.github.requests4j.benchmarks.compare;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Compares ways to send a message of 300 bytes and to wait for one: with the streams of a
 * socket without and with a read timeout, and with a blocking channel and direct buffers.
 */
final class PingPong {

	static final int LENGTH = 300;

	private PingPong() {
	}

	/**
	 * Runs the comparison.
	 * @param args options: {@code rounds}, 21 by default; {@code calls} in a round, 5000
	 * by default
	 */
	public static void main(String[] args) throws IOException {
		Arguments arguments = Arguments.parse(args, "rounds", "calls");
		try (ChildProcess server = ChildProcess.start(EchoServer.class)) {
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(),
					Integer.parseInt(server.read()));
			try (Socket plain = socket(address, 0);
					Socket timed = socket(address, 10_000);
					SocketChannel direct = channel(address)) {
				Turns turns = new Turns(arguments.number("calls", 5_000));
				turns.add("`Socket`", streams(plain));
				turns.add("`Socket`, read timeout of 10 s", streams(timed));
				turns.add("`SocketChannel`, direct buffers", buffers(direct));
				Output.line("300 bytes there and back, Java " + System.getProperty("java.version") + "\n\n"
						+ turns.run(arguments.number("rounds", 21)));
			}
		}
	}

	private static Socket socket(InetSocketAddress address, int timeout) throws IOException {
		Socket socket = new Socket(address.getAddress(), address.getPort());
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(timeout);
		return socket;
	}

	private static SocketChannel channel(InetSocketAddress address) throws IOException {
		SocketChannel channel = SocketChannel.open(address);
		channel.socket().setTcpNoDelay(true);
		return channel;
	}

	private static Turns.Way streams(Socket socket) {
		byte[] message = new byte[LENGTH];
		byte[] answer = new byte[8 * 1024];
		return () -> {
			socket.getOutputStream().write(message);
			for (int count = 0; count < LENGTH;) {
				int read = socket.getInputStream().read(answer, count, answer.length - count);
				if (read < 0) {
					throw new EOFException();
				}
				count += read;
			}
		};
	}

	/** Copies from and to arrays, as a client must do. */
	private static Turns.Way buffers(SocketChannel channel) {
		byte[] message = new byte[LENGTH];
		ByteBuffer out = ByteBuffer.allocateDirect(8 * 1024);
		ByteBuffer in = ByteBuffer.allocateDirect(8 * 1024);
		return () -> {
			out.clear().put(message).flip();
			while (out.hasRemaining()) {
				channel.write(out);
			}
			in.clear();
			while (in.position() < LENGTH) {
				if (channel.read(in) < 0) {
					throw new EOFException();
				}
			}
			in.flip().get(message);
		};
	}

}
