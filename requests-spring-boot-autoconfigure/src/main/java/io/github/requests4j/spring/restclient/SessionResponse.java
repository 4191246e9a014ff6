package io.github.requests4j.spring.restclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.internal.http.DecodedHeaders;

/**
 * Presents the response of a session to Spring's client. The body is decoded and
 * streamed. For one thread.
 */
final class SessionResponse implements ClientHttpResponse {

	/**
	 * The maximum number of bytes to drain. Reading more would cost more than a new
	 * connection.
	 */
	private static final int MAX_DRAIN_BYTES = 64 * 1024;

	private final Response response;

	private @Nullable HttpHeaders headers;

	private @Nullable InputStream body;

	private boolean closed;

	SessionResponse(Response response) {
		this.response = response;
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.statusCode());
	}

	@Override
	public String getStatusText() {
		return Objects.requireNonNullElse(this.response.reason(), "");
	}

	@Override
	public HttpHeaders getHeaders() {
		if (this.headers == null) {
			this.headers = HttpHeaders.readOnlyHttpHeaders(DecodedHeaders.of(this.response));
		}
		return this.headers;
	}

	@Override
	public InputStream getBody() throws IOException {
		if (this.body == null) {
			try {
				this.body = new BodyStream(this.response.bodyStream());
			}
			catch (RequestException ex) {
				throw TransportErrors.of(ex);
			}
		}
		return this.body;
	}

	/**
	 * Drains a short rest of the body first, so that the connection can be reused. An
	 * event stream is not drained.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			if (!this.response.isContentConsumed() && !isEndless()) {
				drain(this.response.bodyStream());
			}
		}
		catch (RequestException | IOException ex) {
			// The caller no longer needs the body
			return;
		}
		finally {
			this.response.close();
		}
	}

	private static void drain(InputStream rest) throws IOException {
		byte[] block = new byte[8 * 1024];
		int count = 0;
		for (int total = 0; total < MAX_DRAIN_BYTES && count >= 0; total += count) {
			count = rest.read(block);
		}
	}

	private boolean isEndless() {
		String type = this.response.headers().get(HttpHeaders.CONTENT_TYPE);
		try {
			MediaType media = (type != null) ? MediaType.parseMediaType(type) : MediaType.APPLICATION_OCTET_STREAM;
			return media.isCompatibleWith(MediaType.TEXT_EVENT_STREAM)
					|| media.isCompatibleWith(MediaType.APPLICATION_NDJSON);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/**
	 * Reports failures of the body as {@link IOException}, which Spring's clients expect.
	 */
	private static final class BodyStream extends FilterInputStream {

		BodyStream(InputStream decoded) {
			super(decoded);
		}

		@Override
		public int read() throws IOException {
			try {
				return super.read();
			}
			catch (RequestException ex) {
				throw TransportErrors.of(ex);
			}
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			try {
				return super.read(target, offset, length);
			}
			catch (RequestException ex) {
				throw TransportErrors.of(ex);
			}
		}

		@Override
		public long skip(long count) throws IOException {
			try {
				return super.skip(count);
			}
			catch (RequestException ex) {
				throw TransportErrors.of(ex);
			}
		}

	}

}
