package io.github.requests4j;

import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlResolver;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.url.Url;

/**
 * Turns the text of a Location into the URL of the next hop (behaviours 151-154); a
 * target without a fragment inherits that of the URL before (behaviour 152).
 */
final class RedirectTarget {

	private RedirectTarget() {
	}

	static Url resolve(Response response, String location) {
		try {
			return UrlResolver.redirect(ParsedUrl.split(response.url()), location);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException("The redirect cannot be followed: " + ex.getMessage(), ex).attach(null,
					response);
		}
	}

}
