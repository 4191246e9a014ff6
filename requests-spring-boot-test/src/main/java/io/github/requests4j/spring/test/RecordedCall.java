package io.github.requests4j.spring.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.url.SecretMasker;

/**
 * A request that was sent to a mock or a local server. <pre>{@code
 * RecordedCall order = mocks.session("catalog").calls().get(0);
 * assertThat(order.method()).isEqualTo("POST");
 * assertThat(order.text()).contains("tea");
 * }</pre>
 *
 * @param method the method
 * @param url the URL, or only its path and query for a local server
 * @param headers the headers
 * @param body the body, which is empty if there was none; decompressed if a session
 * compressed it with gzip; it is not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordedCall(String method, String url, CaseInsensitiveHeaders headers, byte[] body) {

	private static final int MAX_SHOWN = 500;

	static RecordedCall of(PreparedRequest request, @Nullable CaseInsensitiveHeaders more) {
		CaseInsensitiveHeaders headers = request.headers().copy();
		if (more != null) {
			headers.putAll(more);
		}
		return new RecordedCall(Objects.requireNonNull(request.method()), Objects.requireNonNull(request.url()),
				headers, bytes(request));
	}

	private static byte[] bytes(PreparedRequest request) {
		Body body = request.body();
		if (body == null) {
			return new byte[0];
		}
		try {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			body.writeTo(out);
			byte[] sent = out.toByteArray();
			return "gzip".equals(request.headers().get("Content-Encoding")) ? decompressed(sent) : sent;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the original body, so that tests do not depend on the compression of the
	 * session.
	 */
	private static byte[] decompressed(byte[] sent) throws IOException {
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
			return in.readAllBytes();
		}
		catch (ZipException | EOFException ex) {
			return sent;
		}
	}

	/**
	 * Returns the body as text.
	 * @return the text, decoded as UTF-8
	 */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Returns the request as several lines, with its secrets masked.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("  " + this.method + " " + SecretMasker.DEFAULT.address(this.url));
		for (int i = 0; i < this.headers.size(); i++) {
			String name = this.headers.nameAt(i);
			text.append("\n    ").append(name).append(": ");
			text.append(SecretMasker.DEFAULT.header(name, String.valueOf(this.headers.valueAt(i))));
		}
		if (this.body.length > 0) {
			String all = SecretMasker.DEFAULT.body(this.headers.get("Content-Type"), text());
			text.append("\n    ").append((all.length() > MAX_SHOWN) ? all.substring(0, MAX_SHOWN) + "..." : all);
		}
		return text.toString();
	}

}
