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
 * The elements of a JSON array, or JSON values in a row, each bound as soon as it is
 * there.
 */
final class JsonElements implements ElementIterator.Source {

	/** What may follow the array without costing the connection. */
	private static final int MOST_REST = 4096;

	/** More than Jackson reads at a time. */
	private static final int READ_AHEAD = 8 * 1024;

	private final Response response;

	private final Counted body;

	private final ObjectReader reader;

	private @Nullable JsonParser parser;

	private boolean array;

	JsonElements(Response response, ObjectReader reader) {
		this.response = response;
		this.body = new Counted(response.bodyStream(), response.limits().maxEvent());
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
		// To the end of the body, so that the connection can be used again.
		this.body.readNBytes(MOST_REST);
		return END;
	}

	@Override
	public void close() {
		this.response.close();
	}

	/**
	 * Counts what is read for one element. Jackson reads ahead, and closes what it has
	 * read to the end of the value.
	 */
	private static final class Counted extends FilterInputStream {

		private final long most;

		private long count;

		Counted(InputStream in, long most) {
			super(in);
			this.most = most;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int read = super.read(target, offset, length);
			this.count += Math.max(0, read);
			if (this.most >= 0 && this.count > this.most + READ_AHEAD) {
				throw new ContentDecodingException("An element of the response is longer than limits.max-event ("
						+ this.most + " bytes). Raise it if you expect such elements.");
			}
			return read;
		}

		@Override
		public void close() {
			// The stream is closed by the code that opened it.
		}

	}

	/**
	 * Turns the errors of Jackson into ours. In a class of its own, since Jackson may be
	 * absent.
	 *
	 * @param source what reads the elements
	 * @param response what they are read from
	 * @param element what they are
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
						BodyReader.describe(this.response) + ": " + this.source.describe() + " cannot be read as "
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
