package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.internal.body.FileSink;

/**
 * The stream that a body is written to. If it is chunked, each flush ends a chunk. With a
 * length, the request fails unless exactly that many bytes are written. Distinguishes
 * network errors from errors of the body's source.
 */
public final class UploadStream extends OutputStream implements FileSink {

	/** The number of bytes between two checks for an early response. */
	private static final int PIECE = 64 * 1024;

	/** The same for a file that the system sends directly. */
	private static final int FILE_PIECE = 128 * 1024;

	private static final byte[] LINE_END = { '\r', '\n' };

	private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final WireWriter writer;

	/** The socket for sending files directly, or null with TLS. */
	private final @Nullable WireSocket plain;

	private final Upload upload;

	private final @Nullable ProgressListener progress;

	private final EarlyReply early;

	private final byte[] chunk;

	private int chunked;

	private long count;

	private long nextCheck = PIECE;

	private @Nullable IOException failure;

	/** Creates a stream for a body. */
	public UploadStream(WireConnection connection, Upload upload, @Nullable ProgressListener progress,
			EarlyReply early) {
		this.writer = connection.writer();
		this.plain = connection.isSecure() ? null : connection.socket();
		this.upload = upload;
		this.progress = progress;
		this.early = early;
		this.chunk = new byte[upload.isChunked() ? 8 * 1024 : 0];
	}

	/** Returns the network error, or null if there was none. */
	public @Nullable IOException failure() {
		return this.failure;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int size) throws IOException {
		if (!this.upload.isChunked() && this.count + size > this.upload.length()) {
			throw HeadFaults.invalidHeader("The header Content-Length says " + this.upload.length()
					+ ", but the body has more bytes. Remove the header to send the body in chunks.");
		}
		int from = offset;
		int left = size;
		while (left > 0) {
			int piece = Math.min(PIECE, left);
			writePiece(bytes, from, piece);
			from += piece;
			left -= piece;
		}
	}

	private void writePiece(byte[] bytes, int offset, int size) throws IOException {
		try {
			checkReply(size);
			if (this.upload.isChunked()) {
				addToChunk(bytes, offset, size);
			}
			else {
				this.writer.write(bytes, offset, size);
			}
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
		sent(size);
	}

	private void sent(long size) {
		this.count += size;
		if (this.progress != null) {
			this.progress.onProgress(ProgressListener.Direction.UPLOAD, this.count, this.upload.length());
		}
	}

	@Override
	public boolean acceptsFiles() {
		return this.plain != null && !this.upload.isChunked();
	}

	@Override
	public long transfer(FileChannel file, long position, long size) throws IOException {
		WireSocket socket = Objects.requireNonNull(this.plain, "Files go directly to plain connections only");
		long sent;
		try {
			checkReply(size);
			this.writer.flush();
			sent = socket.send(file, position, Math.min(size, FILE_PIECE));
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
		sent(sent);
		return sent;
	}

	/** Checks for an early response before a number of bytes is sent. */
	private void checkReply(long size) throws IOException {
		if (this.upload.length() > PIECE && this.count + size == this.upload.length()) {
			this.early.beforeLastPiece();
		}
		if (this.early.isStopping()) {
			throw new EarlyReply.Interruption();
		}
		if (this.count >= this.nextCheck) {
			this.nextCheck = this.count + PIECE;
			this.early.startIfReadable();
		}
	}

	private void addToChunk(byte[] bytes, int offset, int size) throws IOException {
		if (this.chunked + size < this.chunk.length) {
			System.arraycopy(bytes, offset, this.chunk, this.chunked, size);
			this.chunked += size;
		}
		else {
			endChunk(bytes, offset, size);
		}
	}

	/** Writes a chunk that consists of the buffered bytes and these bytes. */
	private void endChunk(byte[] bytes, int offset, int size) throws IOException {
		int length = this.chunked + size;
		if (length > 0) {
			byte[] line = Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII);
			this.writer.write(line, 0, line.length);
			this.writer.write(LINE_END, 0, LINE_END.length);
			this.writer.write(this.chunk, 0, this.chunked);
			this.writer.write(bytes, offset, size);
			this.writer.write(LINE_END, 0, LINE_END.length);
			this.chunked = 0;
		}
	}

	@Override
	public void flush() throws IOException {
		try {
			endChunk(this.chunk, 0, 0);
			this.writer.flush();
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	/** Sends the whole body. */
	public void send() throws IOException {
		if (this.upload.body() != null) {
			this.upload.body().writeTo(this);
		}
		finish();
	}

	/** Ends the body and sends what is left in the buffer. */
	private void finish() throws IOException {
		if (!this.upload.isChunked() && this.count < this.upload.length()) {
			throw HeadFaults
				.invalidHeader("The header Content-Length says " + this.upload.length() + ", but the body has only "
						+ this.count + " bytes. Remove the header to send the body in chunks.");
		}
		if (this.upload.isChunked() && this.count > PIECE) {
			this.early.beforeLastPiece();
		}
		try {
			endChunk(this.chunk, 0, 0);
			if (this.upload.isChunked()) {
				this.writer.write(LAST_CHUNK, 0, LAST_CHUNK.length);
			}
			this.writer.flush();
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

}
