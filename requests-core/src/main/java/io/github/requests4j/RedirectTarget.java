package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.url.UrlResolver;
import io.github.requests4j.http.url.UrlSyntaxException;

/**
 * Turns the text of a Location into the URL of the next hop (behaviours 151-154).
 */
final class RedirectTarget {

	private RedirectTarget() {
	}

	static String resolve(Response response, String location, @Nullable String fragment) {
		try {
			return UrlResolver.redirect(response.url(), location, fragment);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException("The redirect cannot be followed: " + ex.getMessage(), ex, null, response);
		}
	}

}
