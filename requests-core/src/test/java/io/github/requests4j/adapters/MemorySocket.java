package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * A socket to a server in memory. Each write of the client is a request, which the server
 * answers immediately. After the last response it has closed the connection or sends
 * nothing more.
 */
public final class MemorySocket extends WireSocket {

	private static final byte[] NOTHING = new byte[0];

	private static Server server = new Server((request) -> NOTHING, true, Integer.MAX_VALUE);

	private static int requests;

	private InputStream reply = new ByteArrayInputStream(NOTHING);

	private boolean closed;

	/**
	 * How the server behaves.
	 *
	 * @param replies the response to the request of this number, on any connection
	 * @param closes whether it closes the connection after its response
	 * @param most the maximum number of bytes in one piece
	 */
	public record Server(IntFunction<byte[]> replies, boolean closes, int most) {
	}

	/** An adapter whose connections all lead to the server in memory. */
	public static HttpAdapter adapter(HttpAdapter.Builder builder) {
		return new HttpAdapter(builder) {
			@Override
			protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
					Supplier<ConnectionHandle> pool) {
				ConnectionHandle handle = pool.get();
				handle.connection().sockets(MemorySocket::new);
				return handle;
			}
		};
	}

	public static void serve(Server next) {
		server = next;
		requests = 0;
	}

	@Override
	public void open() {
		// There is nothing to open.
	}

	@Override
	public void setTcpNoDelay(boolean on) {
		// There is nothing to set.
	}

	@Override
	public void connect(SocketAddress address) {
		// Every address is reachable.
	}

	@Override
	public int arrived() throws IOException {
		return this.reply.available();
	}

	@Override
	public boolean isSilent() throws IOException {
		return this.reply.available() == 0 && !server.closes();
	}

	@Override
	public InputStream getInputStream() {
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
	public OutputStream getOutputStream() {
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
				if (left.length > 0) {
					throw new IllegalStateException("a request over " + left.length + " bytes that nobody has read");
				}
				MemorySocket.this.reply = new ByteArrayInputStream(server.replies().apply(requests++));
			}
		};
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
