package io.github.requests4j.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import io.github.requests4j.url.Url;

/**
 * Writes a prepared request as the bytes that a transport sends, framed according to its
 * headers. One character represents one byte.
 */
final class WireText {

	private WireText() {
	}

	static String of(PreparedRequest request) {
		request.checkHeaders();
		Url url = request.parsedUrl();
		StringBuilder text = new StringBuilder();
		text.append(request.method()).append(' ').append(url.requestTarget()).append(" HTTP/1.1\r\n");
		CaseInsensitiveHeaders headers = request.headers();
		if (!headers.containsKey("Host")) {
			text.append("Host: ").append(url.hostHeader()).append("\r\n");
		}
		for (int i = 0; i < headers.size(); i++) {
			text.append(headers.nameAt(i)).append(": ").append(headers.valueAt(i)).append("\r\n");
		}
		text.append("\r\n");
		Body body = request.body();
		if (body != null) {
			text.append(headers.containsKey("Content-Length") ? plain(body) : chunked(body));
		}
		return text.toString();
	}

	static String plain(Body body) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			body.writeTo(out);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return out.toString(StandardCharsets.ISO_8859_1);
	}

	static String chunked(Body body) {
		Chunks chunks = new Chunks();
		try {
			body.writeTo(chunks);
			chunks.flush();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return chunks.wire + "0\r\n\r\n";
	}

	/** Each flush ends a chunk. */
	private static final class Chunks extends OutputStream {

		private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

		private final StringBuilder wire = new StringBuilder();

		@Override
		public void write(int value) {
			this.chunk.write(value);
		}

		@Override
		public void flush() {
			if (this.chunk.size() > 0) {
				this.wire.append(Integer.toHexString(this.chunk.size())).append("\r\n");
				this.wire.append(this.chunk.toString(StandardCharsets.ISO_8859_1)).append("\r\n");
				this.chunk.reset();
			}
		}

	}

}
