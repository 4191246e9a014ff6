package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.PercentCodec;
import io.github.requests4j.internal.url.UrlSplitter;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.url.Url;

/**
 * The URL helpers of {@code requests.utils}. All methods are pure functions. <pre>{@code
 * String quoted = Urls.requoteUri("http://example.com/a b"); // http://example.com/a%20b
 * }</pre>
 */
public final class Urls {

	private Urls() {
	}

	/**
	 * Parses a URL without changing it.
	 * @param url the URL or other text, in which scheme and host may be missing
	 * @return the parsed URL, with exactly that text
	 * @throws InvalidUrlException if it is an http or https URL that is not valid
	 */
	public static Url split(String url) {
		try {
			return ParsedUrl.split(url);
		}
		catch (UrlSyntaxException ex) {
			throw translate(ex);
		}
	}

	/** Creates the exception for a request without a URL. */
	static RequestException missing(String message) {
		return new UrlRequiredException(message);
	}

	/**
	 * Converts a URL syntax error to a {@link RequestException}. Returns other exceptions
	 * unchanged.
	 */
	static RuntimeException translate(IllegalArgumentException ex) {
		if (!(ex instanceof UrlSyntaxException syntax)) {
			return ex;
		}
		String message = String.valueOf(ex.getMessage());
		return (syntax.problem() == UrlSyntaxException.Problem.NO_SCHEME) ? new MissingSchemaException(message, ex)
				: new InvalidUrlException(message, ex);
	}

	/**
	 * Quotes a URI consistently: escapes of unreserved characters are decoded, and
	 * illegal characters are encoded ({@code requote_uri}).
	 * @param uri any text
	 * @return the quoted text
	 */
	public static String requoteUri(String uri) {
		return PercentCodec.requoteUri(uri);
	}

	/**
	 * Decodes the escapes of unreserved characters only ({@code unquote_unreserved}).
	 * @param uri any text
	 * @return the text
	 * @throws InvalidUrlException if an escape has two letters or digits that are not
	 * hexadecimal
	 */
	public static String unquoteUnreserved(String uri) {
		try {
			return PercentCodec.unquoteUnreserved(uri);
		}
		catch (UrlSyntaxException ex) {
			throw translate(ex);
		}
	}

	/**
	 * Removes the fragment and the credentials from a URL ({@code urldefragauth}).
	 * @param url the URL
	 * @return the URL without them
	 */
	public static String urldefragauth(String url) {
		return UrlSplitter.urldefragauth(url);
	}

	/**
	 * Returns the decoded credentials of a URL ({@code get_auth_from_url}).
	 * @param url the URL
	 * @return the credentials, or {@code null} if the user information has no colon, or
	 * only a colon
	 * @throws InvalidUrlException if it is a URL of http or https that is not valid
	 */
	public static @Nullable BasicCredentials getAuthFromUrl(String url) {
		return BasicCredentials.of(split(url));
	}

}
