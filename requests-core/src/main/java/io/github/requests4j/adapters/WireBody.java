package io.github.requests4j.adapters;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.body.BlockInput;
import io.github.requests4j.internal.wire.ReplyFraming;

/**
 * The body of a response as it is received. Releases the connection when the last byte
 * has been read. Closing it earlier closes the connection, because the rest of the body
 * would be taken for the next response. Not thread-safe.
 */
final class WireBody extends BlockInput {

	private final ConnectionPool pool;

	private final ConnectionHandle handle;

	private final InputStream content;

	private final ReplyFraming framing;

	private final Plan plan;

	private final ExchangeRecord record;

	private final @Nullable ProgressListener progress;

	private final long maxBytes;

	private LeakDetector.@Nullable Watch watch;

	private @Nullable Response response;

	private long count;

	private final AtomicBoolean done = new AtomicBoolean();

	private volatile boolean closed;

	WireBody(ConnectionPool pool, ConnectionHandle handle, InputStream content, ReplyFraming framing, Plan plan,
			ExchangeRecord record, @Nullable ProgressListener progress, long maxBytes) {
		this.pool = pool;
		this.handle = handle;
		this.framing = framing;
		this.content = content;
		this.plan = plan;
		this.record = record;
		this.progress = progress;
		this.maxBytes = maxBytes;
	}

	/** Sets the response of this body, to be attached to exceptions. */
	void setResponse(Response response) {
		this.response = response;
	}

	/** Starts to detect that this body is never closed. */
	void watchForLeaks(String what) {
		this.watch = LeakDetector.watch(this, this.pool, this.handle, what);
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (this.done.get()) {
			checkComplete();
			return -1;
		}
		if (length == 0) {
			return 0;
		}
		int read;
		try {
			read = this.content.read(target, offset, length);
		}
		catch (IOException ex) {
			Failures failures = this.plan.failures(1);
			throw fail(this.closed ? failures.closedWhileReading() : failures.reading(this.handle.connection(), ex));
		}
		catch (RequestException ex) {
			throw fail(ex);
		}
		if (read < 0) {
			if (this.handle.connection().wasTruncated()) {
				throw fail(this.plan.failures(1)
					.reading(this.handle.connection(),
							new EOFException("the server closed the connection without ending TLS")));
			}
			finish();
			return -1;
		}
		count(read);
		return read;
	}

	/** A body that was closed after a part was read must not look complete. */
	private void checkComplete() {
		if (this.closed && this.count > 0 && this.count != this.framing.length()) {
			throw this.plan.failures(1).closedWhileReading();
		}
	}

	private void count(int read) {
		this.count += read;
		if (this.maxBytes >= 0 && this.count > this.maxBytes) {
			throw fail(this.plan.failures(1).tooLong(this.maxBytes));
		}
		if (this.count == this.framing.length()) {
			finish();
		}
		if (this.progress != null) {
			this.progress.onProgress(ProgressListener.Direction.DOWNLOAD, this.count,
					Math.max(-1, this.framing.length()));
		}
	}

	private void finish() {
		if (end(this.framing.reusable() && this.handle.connection().hasNoLeftovers())) {
			this.record.complete();
		}
	}

	/**
	 * Releases the connection.
	 * @return {@code false} if that was done before
	 */
	private boolean end(boolean reusable) {
		// Another thread may close this body. The connection is released only once.
		if (!this.done.compareAndSet(false, true)) {
			return false;
		}
		if (this.watch != null) {
			this.watch.end();
		}
		try {
			this.content.close();
		}
		catch (IOException ex) {
			// The stream only has memory to release.
		}
		finally {
			this.pool.release(this.handle, reusable);
		}
		return true;
	}

	private RequestException fail(RequestException ex) {
		boolean first = end(false);
		ex.attach((this.response != null) ? this.response.request() : null, this.response);
		this.record.bodyFailed(ex);
		if (first) {
			this.record.complete();
		}
		return ex;
	}

	@Override
	public int available() throws IOException {
		return this.done.get() ? 0 : this.content.available();
	}

	@Override
	public void close() {
		this.closed |= !this.done.get();
		if (end(false)) {
			this.record.complete();
		}
	}

}
