package io.github.requests4j.spring.client;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.SecretMasker;

/**
 * Throws the exception for a status from 400 to 599. This is the exception of the
 * application's mapper, or else one whose message contains the beginning of the body,
 * because servers often explain the error there. Thread-safe.
 */
final class ResponseErrors {

	private static final int MAX_EXCERPT = 500;

	/** The maximum length of a body that is searched for secrets. The rest is ignored. */
	private static final int MAX_SEARCHED = 64 * 1024;

	private final ResponseErrorMapper mapper;

	ResponseErrors(ResponseErrorMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Returns the response if it is not an error. Otherwise, reads and closes it and
	 * throws its exception.
	 */
	Response raise(Response response, CallContext call) {
		if (response.ok()) {
			return response;
		}
		try (response) {
			response.content();
			RuntimeException own = this.mapper.map(response, call);
			throw (own != null) ? own : exception(response);
		}
	}

	/** Returns the exception for an error response whose body has been read. */
	static HttpException exception(Response response) {
		try {
			response.raiseForStatus();
		}
		catch (HttpException ex) {
			return (response.content().length == 0) ? ex
					: new HttpException(ex.getMessage() + " The body: " + excerpt(response), response);
		}
		throw new IllegalStateException("The response is not an error.");
	}

	/**
	 * Returns the beginning of the body as one line of printable text, with secret values
	 * masked.
	 */
	private static String excerpt(Response response) {
		StringBuilder excerpt = new StringBuilder(MAX_EXCERPT);
		String body = response.text();
		String start = (body.length() > MAX_SEARCHED) ? body.substring(0, MAX_SEARCHED) : body;
		String text = SecretMasker.DEFAULT.excerpt(response.headers().get("Content-Type"), start, false);
		for (int i = 0; i < text.length() && excerpt.length() < MAX_EXCERPT; i++) {
			char c = text.charAt(i);
			boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
			if (!blank) {
				excerpt.append(c);
			}
			else if (!excerpt.isEmpty() && excerpt.charAt(excerpt.length() - 1) != ' ') {
				excerpt.append(' ');
			}
		}
		return excerpt + ((text.length() > MAX_EXCERPT) ? "..." : "");
	}

}
