package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Bodies and responses for tests.
 */
final class Bodies {

	private Bodies() {
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static Response response(String text) {
		return response(bytes(text));
	}

	static Response response(byte[] body) {
		return builder(body).build();
	}

	static Response response(byte[] body, @Nullable String contentType) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		if (contentType != null) {
			headers.put("Content-Type", contentType);
		}
		return builder(body).headers(headers).build();
	}

	static Response response(InputStream raw, String... headers) {
		return Response.builder(200).url("http://h/p").headers(headers(headers)).raw(raw).build();
	}

	static Response.Builder builder(byte[] body) {
		return Response.builder(200).reason("OK").url("http://h/p").raw(new ByteArrayInputStream(body));
	}

	static CaseInsensitiveHeaders headers(String... namesAndValues) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.add(namesAndValues[i], namesAndValues[i + 1]);
		}
		return headers;
	}

	static byte[] gzip(byte[] data) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	/** A response whose server sent chunks, of which no read sees two. */
	static Response chunked(String... chunks) {
		return response(new Chunks(chunks), "Transfer-Encoding", "chunked");
	}

	static <T> List<T> list(Iterator<T> iterator) {
		List<T> list = new ArrayList<>();
		iterator.forEachRemaining(list::add);
		return list;
	}

	static List<String> texts(Iterator<byte[]> iterator) {
		List<String> list = new ArrayList<>();
		iterator.forEachRemaining((piece) -> list.add(new String(piece, StandardCharsets.ISO_8859_1)));
		return list;
	}

	/**
	 * Returns its chunks one at a time, as a transport does, and counts how often it was
	 * read and closed.
	 */
	static final class Chunks extends InputStream {

		private final Deque<byte[]> chunks = new ArrayDeque<>();

		@Nullable Exception end;

		int reads;

		int closed;

		Chunks(String... chunks) {
			for (String chunk : chunks) {
				this.chunks.add(latin1(chunk));
			}
		}

		/** What to throw instead of an end. */
		Chunks endingWith(Exception end) {
			this.end = end;
			return this;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			this.reads++;
			byte[] chunk = this.chunks.poll();
			if (chunk == null) {
				if (this.end instanceof IOException ex) {
					throw ex;
				}
				if (this.end instanceof RuntimeException ex) {
					throw ex;
				}
				return -1;
			}
			int count = Math.min(length, chunk.length);
			System.arraycopy(chunk, 0, target, offset, count);
			if (count < chunk.length) {
				this.chunks.addFirst(Arrays.copyOfRange(chunk, count, chunk.length));
			}
			return count;
		}

		@Override
		public void close() {
			this.closed++;
		}

	}

}
