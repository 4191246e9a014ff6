package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.Url;
import io.github.requests4j.internal.url.UrlSyntaxException;

/**
 * Turns the errors of the URL rules into those that callers know.
 */
final class UrlErrors {

	private UrlErrors() {
	}

	static Url split(@Nullable String url) {
		if (url == null) {
			throw new UrlRequiredException("A request needs a URL: prepare or set one before using its parts");
		}
		try {
			return Url.split(url);
		}
		catch (UrlSyntaxException ex) {
			throw translate(ex);
		}
	}

	static RequestException translate(UrlSyntaxException ex) {
		String message = String.valueOf(ex.getMessage());
		return switch (ex.problem()) {
			case NO_SCHEME -> new MissingSchemaException(message, ex);
			case NO_HOST, INVALID -> new InvalidUrlException(message, ex);
		};
	}

}
