package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.decode.ContentDecoders;
import io.github.requests4j.spring.internal.http.DecodedHeaders;

/**
 * Presents a response as the input of message converters.
 *
 * @param getHeaders the headers
 * @param getBody the decoded body
 */
record ResponseInput(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {

	/** Returns the input for the whole body, which is also kept in the response. */
	static ResponseInput of(Response response) {
		return new ResponseInput(ReceivedHeaders.of(response), new ByteArrayInputStream(response.content()));
	}

	/**
	 * Returns a copy of the headers that describes the decoded body. It has no
	 * Transfer-Encoding, and no Content-Encoding or Content-Length if the body was
	 * encoded, because a controller that passes them on would describe the wrong body.
	 */
	static HttpHeaders headers(Response response) {
		HttpHeaders headers = DecodedHeaders.of(response);
		headers.remove(HttpHeaders.TRANSFER_ENCODING);
		return headers;
	}

	/**
	 * Returns the Content-Type; {@code application/octet-stream} if there is none or it
	 * cannot be parsed.
	 */
	static MediaType contentType(Response response) {
		String text = response.headers().get(HttpHeaders.CONTENT_TYPE);
		try {
			return StringUtils.hasText(text) ? MediaType.parseMediaType(text) : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

	/**
	 * Read-only headers of a response for message converters. They are not copied,
	 * because most converters read only one or two. If the body was encoded,
	 * Content-Length is the number of decoded bytes.
	 */
	private static final class ReceivedHeaders extends AbstractMap<String, List<String>>
			implements MultiValueMap<String, String> {

		private final CaseInsensitiveHeaders received;

		private ReceivedHeaders(CaseInsensitiveHeaders received) {
			this.received = received;
		}

		static HttpHeaders of(Response response) {
			CaseInsensitiveHeaders received = response.headers();
			if (ContentDecoders.isEncoded(received.get(HttpHeaders.CONTENT_ENCODING))) {
				received = received.copy();
				received.put(HttpHeaders.CONTENT_LENGTH, String.valueOf(response.content().length));
			}
			return new HttpHeaders(new ReceivedHeaders(received));
		}

		@Override
		public @Nullable String getFirst(String name) {
			List<String> values = get(name);
			return (values != null) ? values.get(0) : null;
		}

		@Override
		public @Nullable List<String> get(@Nullable Object name) {
			List<String> values = (name instanceof String text) ? this.received.getAll(text) : List.of();
			return values.isEmpty() ? null : values;
		}

		@Override
		public boolean containsKey(@Nullable Object name) {
			return get(name) != null;
		}

		@Override
		public Set<Map.Entry<String, List<String>>> entrySet() {
			Map<String, List<String>> all = new LinkedHashMap<>();
			for (int i = 0; i < this.received.size(); i++) {
				String name = this.received.nameAt(i);
				List<String> values = get(name);
				if (values != null) {
					all.put(name, values);
				}
			}
			return Collections.unmodifiableMap(all).entrySet();
		}

		@Override
		public Map<String, String> toSingleValueMap() {
			Map<String, String> single = new LinkedHashMap<>();
			forEach((name, values) -> single.put(name, values.get(0)));
			return single;
		}

		@Override
		public void add(String name, @Nullable String value) {
			throw readOnly();
		}

		@Override
		public void addAll(String name, List<? extends String> values) {
			throw readOnly();
		}

		@Override
		public void addAll(MultiValueMap<String, String> values) {
			throw readOnly();
		}

		@Override
		public void set(String name, @Nullable String value) {
			throw readOnly();
		}

		@Override
		public void setAll(Map<String, String> values) {
			throw readOnly();
		}

		private static UnsupportedOperationException readOnly() {
			return new UnsupportedOperationException("The headers of a response are read-only. Copy them first.");
		}

	}

}
