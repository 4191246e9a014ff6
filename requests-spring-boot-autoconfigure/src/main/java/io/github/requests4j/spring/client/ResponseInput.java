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
 * A response as message converters read it.
 *
 * @param getHeaders the headers
 * @param getBody the decoded body
 */
record ResponseInput(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {

	/** The whole body, which is kept in the response too. */
	static ResponseInput of(Response response) {
		return new ResponseInput(ReceivedHeaders.of(response), new ByteArrayInputStream(response.content()));
	}

	/**
	 * Returns a copy that fits the body as the caller gets it: without Transfer-Encoding,
	 * and without Content-Encoding and Content-Length where the body came encoded. A
	 * controller that passes them on would announce another body than it sends.
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
	 * The headers of a response as message converters look at them: not copied, since
	 * most converters ask for one or two, and not to be changed. Where the body came
	 * encoded, Content-Length is the number of bytes that converters can read.
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
			return new UnsupportedOperationException("The headers of a response cannot be changed. Copy them first.");
		}

	}

}
