package io.github.requests4j.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.util.function.IntFunction;

/**
 * A socket to a server in memory, under every socket of this virtual machine. Each write
 * of the client is a request, and the server answers it at once; when all was read, it
 * has closed, or nothing comes any more.
 */
final class MemorySocket extends SocketImpl {

	private static final byte[] NOTHING = new byte[0];

	private static Server server = new Server((request) -> NOTHING, true, Integer.MAX_VALUE);

	private InputStream reply = new ByteArrayInputStream(NOTHING);

	private boolean closed;

	/**
	 * How the server behaves.
	 *
	 * @param replies what it says to the request of this number, on whatever connection
	 * @param closes whether it closes behind its answer
	 * @param most the most bytes that come in one piece
	 */
	record Server(IntFunction<byte[]> replies, boolean closes, int most) {
	}

	private static int requests;

	@SuppressWarnings("deprecation")
	static void install() {
		try {
			Socket.setSocketImplFactory(MemorySocket::new);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void serve(Server next) {
		server = next;
		requests = 0;
	}

	@Override
	protected InputStream getInputStream() {
		return new InputStream() {
			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				int count = MemorySocket.this.reply.read(buffer, offset, Math.min(length, server.most()));
				if (count < 0 && !server.closes()) {
					throw new SocketTimeoutException("Read timed out");
				}
				return count;
			}

			@Override
			public int available() throws IOException {
				return MemorySocket.this.reply.available();
			}
		};
	}

	@Override
	protected OutputStream getOutputStream() {
		return new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				write(new byte[] { (byte) b }, 0, 1);
			}

			@Override
			public void write(byte[] buffer, int offset, int length) throws IOException {
				if (MemorySocket.this.closed) {
					throw new IOException("closed");
				}
				byte[] left = MemorySocket.this.reply.readAllBytes();
				Fuzz.check(left.length == 0, "a request over bytes that nobody has read", left.length);
				MemorySocket.this.reply = new ByteArrayInputStream(server.replies().apply(requests++));
			}
		};
	}

	@Override
	protected int available() throws IOException {
		return this.reply.available();
	}

	@Override
	protected void close() {
		this.closed = true;
	}

	@Override
	protected void create(boolean stream) {
		// There is nothing to create.
	}

	@Override
	protected void connect(String host, int port) {
		// Everything is near.
	}

	@Override
	protected void connect(InetAddress address, int port) {
		// Everything is near.
	}

	@Override
	protected void connect(SocketAddress address, int timeout) {
		// Everything is near.
	}

	@Override
	protected void bind(InetAddress host, int port) {
		// Nobody asks from where.
	}

	@Override
	protected void listen(int backlog) {
		throw new UnsupportedOperationException();
	}

	@Override
	protected void accept(SocketImpl socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	protected void sendUrgentData(int data) {
		throw new UnsupportedOperationException();
	}

	@Override
	protected void shutdownOutput() {
		// Nobody reads it.
	}

	@Override
	public void setOption(int option, Object value) {
		// There is nothing to set.
	}

	@Override
	public Object getOption(int option) {
		return 0;
	}

}
