package io.github.requests4j.cache;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.body.BlockInput;

/**
 * A stored body from a remote store. If the store fails in the middle, the server
 * provides the rest, provided that its body starts with the bytes that were already read.
 * Not thread-safe.
 */
final class ResumingBody extends BlockInput {

	private final StoredResponse stored;

	private final long length;

	private final Supplier<Response> server;

	private final MessageDigest digest = Identity.sha256();

	private InputStream body;

	private @Nullable Response fetched;

	private long count;

	/**
	 * Wraps a body.
	 * @param body the stored body
	 * @param stored the head of the response
	 * @param server requests the whole response again
	 */
	ResumingBody(StoredBody body, StoredResponse stored, Supplier<Response> server) {
		this.body = body.stream();
		this.length = body.length();
		this.stored = stored;
		this.server = server;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		int read;
		try {
			read = this.body.read(target, offset, length);
		}
		catch (IOException ex) {
			if (this.fetched != null || this.stored.status() != 200) {
				throw ex;
			}
			resume(ex);
			read = this.body.read(target, offset, length);
		}
		if (read > 0) {
			this.count += read;
			if (this.fetched == null) {
				this.digest.update(target, offset, read);
			}
		}
		if (read < 0 && this.count != this.length) {
			throw new IOException("The body ends after " + this.count + " of " + this.length + " bytes");
		}
		return read;
	}

	private void resume(IOException broken) throws IOException {
		this.body.close();
		Response response;
		try {
			response = this.server.get();
		}
		catch (RequestException ex) {
			broken.addSuppressed(ex);
			throw broken;
		}
		this.fetched = response;
		InputStream raw = response.raw();
		if (raw == null || response.statusCode() != this.stored.status() || differs(response, "Content-Encoding")
				|| differs(response, "Content-Length") || !hasSameStart(raw)) {
			broken.addSuppressed(new IOException("The server now has a different body"));
			throw broken;
		}
		this.body = raw;
	}

	private boolean differs(Response response, String header) {
		return !Objects.equals(response.headers().get(header), this.stored.headers().get(header));
	}

	/**
	 * Returns whether a body starts with the bytes that the caller has already read, and
	 * skips them.
	 */
	private boolean hasSameStart(InputStream raw) throws IOException {
		MessageDigest other = Identity.sha256();
		byte[] block = new byte[8192];
		long left = this.count;
		while (left > 0) {
			int read = raw.read(block, 0, (int) Math.min(block.length, left));
			if (read < 0) {
				return false;
			}
			other.update(block, 0, read);
			left -= read;
		}
		return MessageDigest.isEqual(other.digest(), this.digest.digest());
	}

	@Override
	public void close() throws IOException {
		try {
			this.body.close();
		}
		finally {
			if (this.fetched != null) {
				this.fetched.close();
			}
		}
	}

}
