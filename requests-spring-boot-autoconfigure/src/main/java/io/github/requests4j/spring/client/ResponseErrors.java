package io.github.requests4j.spring.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.SecretMasker;

/**
 * Raises for statuses 400 to 599: what the application's mappers make of it, or else an
 * exception with the beginning of the body in its message, where servers say what was
 * wrong. Safe for many threads.
 */
final class ResponseErrors {

	private static final int EXCERPT = 500;

	/** Of a longer body, the rest is not even searched for secrets. */
	private static final int SEARCHED = 64 * 1024;

	private final List<ResponseErrorMapper> mappers;

	ResponseErrors(List<ResponseErrorMapper> mappers) {
		this.mappers = List.copyOf(mappers);
	}

	/** The response if it is no error; otherwise it is read, closed and raised. */
	Response raise(Response response, CallContext call) {
		if (response.ok()) {
			return response;
		}
		try (response) {
			response.content();
			RuntimeException own = mapped(response, call);
			throw (own != null) ? own : exception(response);
		}
	}

	private @Nullable RuntimeException mapped(Response response, CallContext call) {
		for (ResponseErrorMapper mapper : this.mappers) {
			RuntimeException own = mapper.map(response, call);
			if (own != null) {
				return own;
			}
		}
		return null;
	}

	/** The exception for an error whose body was read. */
	static HttpException exception(Response response) {
		try {
			response.raiseForStatus();
		}
		catch (HttpException ex) {
			return (response.content().length == 0) ? ex
					: new HttpException(ex.getMessage() + " The body: " + excerpt(response), response);
		}
		throw new IllegalStateException("The response is no error");
	}

	/** One line of printable text, without the values of secret names. */
	private static String excerpt(Response response) {
		StringBuilder excerpt = new StringBuilder(EXCERPT);
		String body = response.text();
		String begin = (body.length() > SEARCHED) ? body.substring(0, SEARCHED) : body;
		String text = SecretMasker.DEFAULT.excerpt(response.headers().get("Content-Type"), begin, false);
		for (int i = 0; i < text.length() && excerpt.length() < EXCERPT; i++) {
			char c = text.charAt(i);
			boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
			if (!blank) {
				excerpt.append(c);
			}
			else if (!excerpt.isEmpty() && excerpt.charAt(excerpt.length() - 1) != ' ') {
				excerpt.append(' ');
			}
		}
		return excerpt + ((text.length() > EXCERPT) ? "..." : "");
	}

}
