package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Compares ways to send a file of 64 MiB over plain HTTP: in blocks through the stream of
 * a socket, from a direct buffer through a channel, and by the operating system.
 */
final class UploadWays {

	private static final byte[] HEAD = ("PUT /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + Zeros.LENGTH
			+ "\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private final Path file;

	private final Socket socket;

	private final SocketChannel channel;

	private UploadWays(Path file, int port) throws IOException {
		this.file = file;
		InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.socket = new Socket(server.getAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.channel = SocketChannel.open(server);
		this.channel.socket().setTcpNoDelay(true);
	}

	/**
	 * Runs the comparison.
	 * @param args options: {@code rounds}, 11 by default; {@code calls} in a round, 5 by
	 * default
	 */
	public static void main(String[] args) throws IOException {
		Arguments arguments = Arguments.parse(args, "rounds", "calls");
		Path file = Files.createTempFile("upload", ".bin");
		try (ServerProcess server = ServerProcess.start();
				InputStream zeros = new Zeros();
				OutputStream out = Files.newOutputStream(file)) {
			zeros.transferTo(out);
			UploadWays ways = new UploadWays(file, URI.create(server.base(false)).getPort());
			Turns turns = new Turns(arguments.number("calls", 5));
			turns.add("`Socket`, blocks of 64 KiB", () -> ways.stream(64 * 1024));
			turns.add("`Socket`, blocks of 128 KiB", () -> ways.stream(128 * 1024));
			turns.add("`SocketChannel`, direct buffer of 128 KiB", () -> ways.buffer(128 * 1024));
			turns.add("`SocketChannel`, `FileChannel.transferTo`", ways::transfer);
			Output.line("64 MiB up, Java " + System.getProperty("java.version") + "\n\n"
					+ turns.run(arguments.number("rounds", 11)));
		}
		finally {
			Files.delete(file);
		}
	}

	private void stream(int size) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		out.write(HEAD);
		byte[] block = new byte[size];
		try (InputStream in = Files.newInputStream(this.file)) {
			for (int count = in.read(block); count >= 0; count = in.read(block)) {
				out.write(block, 0, count);
			}
		}
		if (this.socket.getInputStream().read(block) < 0) {
			throw new IOException("The server closed the connection");
		}
	}

	private void buffer(int size) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(size);
		writeHead();
		try (FileChannel in = FileChannel.open(this.file, StandardOpenOption.READ)) {
			while (in.read(buffer) >= 0) {
				write(buffer.flip());
				buffer.clear();
			}
		}
		readAnswer();
	}

	private void transfer() throws IOException {
		writeHead();
		try (FileChannel in = FileChannel.open(this.file, StandardOpenOption.READ)) {
			for (long sent = 0; sent < Zeros.LENGTH;) {
				sent += in.transferTo(sent, Zeros.LENGTH - sent, this.channel);
			}
		}
		readAnswer();
	}

	private void writeHead() throws IOException {
		write(ByteBuffer.wrap(HEAD));
	}

	private void write(ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			this.channel.write(buffer);
		}
	}

	private void readAnswer() throws IOException {
		if (this.channel.read(ByteBuffer.allocate(1024)) < 0) {
			throw new IOException("The server closed the connection");
		}
	}

}
