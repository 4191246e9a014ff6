package io.github.requests4j.spring.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Reads the elements of a JSON array or of a sequence of JSON values. Each element is
 * returned as soon as it arrives.
 */
final class JsonElements implements ElementIterator.Source {

	/**
	 * The maximum number of bytes after the array that are drained to keep the
	 * connection.
	 */
	private static final int MAX_DRAIN_BYTES = 4096;

	/** At least as much as Jackson reads ahead. */
	private static final int READ_AHEAD = 8 * 1024;

	private final Response response;

	private final CountingStream body;

	private final ObjectReader reader;

	private @Nullable JsonParser parser;

	private boolean array;

	JsonElements(Response response, ObjectReader reader) {
		this.response = response;
		this.body = new CountingStream(response.bodyStream(), response.limits().maxEvent());
		this.reader = reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	@Override
	public @Nullable Object next() throws IOException {
		JsonParser json = this.parser;
		JsonToken token;
		this.body.count = 0;
		if (json == null) {
			json = this.reader.createParser(this.body);
			this.parser = json;
			token = json.nextToken();
			this.array = token == JsonToken.START_ARRAY;
			token = this.array ? json.nextToken() : token;
		}
		else {
			token = json.nextToken();
		}
		if (token != null && !(this.array && token == JsonToken.END_ARRAY)) {
			return this.reader.readValue(json);
		}
		// Reads to the end of the body, so that the connection can be reused
		this.body.readNBytes(MAX_DRAIN_BYTES);
		return END;
	}

	@Override
	public void close() {
		this.response.close();
	}

	/**
	 * Counts the bytes that are read for one element. Jackson reads ahead, and closes the
	 * stream at the end of the value.
	 */
	private static final class CountingStream extends FilterInputStream {

		private final long maxBytes;

		private long count;

		CountingStream(InputStream in, long maxBytes) {
			super(in);
			this.maxBytes = maxBytes;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int read = super.read(target, offset, length);
			this.count += Math.max(0, read);
			if (this.maxBytes >= 0 && this.count > this.maxBytes + READ_AHEAD) {
				throw new ContentDecodingException("An element of the response is longer than limits.max-event ("
						+ this.maxBytes + " bytes). Raise it if you expect such elements.");
			}
			return read;
		}

		@Override
		public void close() {
			// The stream is closed by the code that opened it.
		}

	}

	/**
	 * Translates the errors of Jackson. This is a separate class, because Jackson may be
	 * absent.
	 *
	 * @param source the source of the elements
	 * @param response the response that they are read from
	 * @param element the type of the elements
	 */
	record Translated(ElementIterator.Source source, Response response,
			Type element) implements ElementIterator.Source {

		@Override
		public @Nullable Object next() throws IOException {
			try {
				return this.source.next();
			}
			catch (ContentDecodingException ex) {
				throw ex.attach(null, this.response);
			}
			catch (JacksonException ex) {
				if (ex.getCause() instanceof RequestException broken) {
					throw broken.attach(null, this.response);
				}
				throw new InvalidJsonException(
						BodyReader.describe(this.response) + ": " + this.source.describe() + " could not be read as "
								+ this.element.getTypeName() + ": " + ex.getOriginalMessage() + this.source.advice(),
						ex)
					.attach(null, this.response);
			}
		}

		@Override
		public void close() {
			this.source.close();
		}

	}

}
