package io.github.requests4j.spring.client;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;

/**
 * Raises for statuses 400 to 599, with the beginning of the body in the message: that is
 * where servers say what was wrong.
 */
final class ResponseErrors {

	private static final int EXCERPT = 500;

	private ResponseErrors() {
	}

	static Response raise(Response response) {
		if (response.ok()) {
			return response;
		}
		byte[] content = response.content();
		try {
			return response.raiseForStatus();
		}
		catch (HttpException ex) {
			throw (content.length == 0) ? ex
					: new HttpException(ex.getMessage() + ": " + excerpt(response), null, null, response);
		}
	}

	/** One line of printable text. */
	private static String excerpt(Response response) {
		StringBuilder excerpt = new StringBuilder(EXCERPT);
		String text = response.text();
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
