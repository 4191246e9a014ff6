package io.github.requests4j.adapters;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * The sockets of an adapter, whose operations are counted and can be made to fail. Below
 * TLS: each step of a handshake consists of them.
 */
final class FaultySockets {

	/** The operations of a socket. */
	enum Operation {

		OPTION, CONNECT, READ, AVAILABLE, WRITE, FLUSH, SHUTDOWN, CLOSE

	}

	/** How an operation fails. */
	enum Failure {

		/** The connection is gone: this and every later operation on it fail. */
		BREAK,

		/** Only this operation fails; connecting and reading by a timeout. */
		ONCE,

		/** The peer has closed: reading finds the end, now and later. */
		END

	}

	private final List<Operation> done = new CopyOnWriteArrayList<>();

	private final List<WireSocket> sockets = new CopyOnWriteArrayList<>();

	private int failAt = -1;

	private @Nullable Failure failure;

	private boolean fired;

	/** An adapter that uses these sockets. */
	HttpAdapter adapter(HttpAdapter.Builder builder) {
		return new HttpAdapter(builder) {
			@Override
			protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
					Supplier<ConnectionHandle> pool) {
				ConnectionHandle handle = pool.get();
				handle.connection().sockets(FaultySockets.this::create);
				return handle;
			}
		};
	}

	private WireSocket create() {
		WireSocket socket = new Faulty();
		this.sockets.add(socket);
		return socket;
	}

	/** Lets one operation fail, counted from zero. */
	void fail(int operation, Failure how) {
		this.failAt = operation;
		this.failure = how;
	}

	/** From now on nothing more begins to fail. */
	void heal() {
		this.failAt = -1;
	}

	/** Whether the operation that was to fail has been reached. */
	boolean hasFired() {
		return this.fired;
	}

	/** The operations so far, of all sockets. */
	List<Operation> operations() {
		return List.copyOf(this.done);
	}

	/** How many sockets are not closed. */
	long open() {
		return this.sockets.stream().filter((socket) -> !socket.isClosed()).count();
	}

	private final class Faulty extends WireSocket {

		private boolean broken;

		private boolean ended;

		private boolean gone;

		/** Counts an operation, and makes it fail if it is the chosen one. */
		private void next(Operation operation) throws IOException {
			int index = FaultySockets.this.done.size();
			FaultySockets.this.done.add(operation);
			if (index == FaultySockets.this.failAt) {
				FaultySockets.this.fired = true;
				Failure how = FaultySockets.this.failure;
				this.ended |= how == Failure.END;
				this.broken |= how == Failure.BREAK;
				if (how == Failure.ONCE) {
					boolean waits = operation == Operation.READ || operation == Operation.CONNECT;
					throw waits ? new SocketTimeoutException("Timed out by the test")
							: new SocketException("Broken pipe by the test");
				}
			}
			if (this.broken) {
				throw new SocketException("Connection reset by the test");
			}
		}

		@Override
		public void setTcpNoDelay(boolean on) throws SocketException {
			try {
				next(Operation.OPTION);
			}
			catch (SocketException ex) {
				throw ex;
			}
			catch (IOException ex) {
				throw new SocketException(ex.getMessage());
			}
			super.setTcpNoDelay(on);
		}

		@Override
		public void connect(SocketAddress address) throws IOException {
			next(Operation.CONNECT);
			super.connect(address);
		}

		@Override
		public boolean isSilent() throws IOException {
			next(Operation.READ);
			return !this.ended && super.isSilent();
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {
				@Override
				public int read() throws IOException {
					byte[] one = new byte[1];
					return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
				}

				@Override
				public int read(byte[] buffer, int offset, int length) throws IOException {
					next(Operation.READ);
					return Faulty.this.ended ? -1 : super.read(buffer, offset, length);
				}

				@Override
				public int available() throws IOException {
					next(Operation.AVAILABLE);
					return super.available();
				}
			};
		}

		@Override
		public boolean hasEnded() {
			return this.ended || super.hasEnded();
		}

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {
				@Override
				public void write(byte[] buffer, int offset, int length) throws IOException {
					next(Operation.WRITE);
					this.out.write(buffer, offset, length);
				}

				@Override
				public void flush() throws IOException {
					next(Operation.FLUSH);
					super.flush();
				}
			};
		}

		@Override
		public void shutdownOutput() throws IOException {
			next(Operation.SHUTDOWN);
			super.shutdownOutput();
		}

		@Override
		public void close() throws IOException {
			super.close();
			if (!this.gone) {
				this.gone = true;
				next(Operation.CLOSE);
			}
		}

	}

}
