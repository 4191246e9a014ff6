package io.github.requests4j.internal.url;

import io.github.requests4j.url.Url;

/**
 * The base URL of a session. A relative URL is appended to its path, with or without a
 * leading slash, and is always below it.
 * <p>
 * For example, with {@code https://api.example.com/v1} or
 * {@code https://api.example.com/v1/}:
 * <ul>
 * <li>{@code orders} and {@code /orders} become
 * {@code https://api.example.com/v1/orders};</li>
 * <li>{@code ?page=2} adds a query to the unchanged base URL;</li>
 * <li>{@code ../admin} is rejected, even if the dots are escaped;</li>
 * <li>{@code https://other.example.com/x} is not changed;</li>
 * <li>{@code //other.example.com/x} is rejected, because it looks like a path but has a
 * host.</li>
 * </ul>
 * Immutable and thread-safe.
 */
public final class BaseUrl {

	private final Url url;

	private final String directory;

	private BaseUrl(Url url) {
		this.url = url;
		this.directory = url.text().endsWith("/") ? url.text() : url.text() + '/';
	}

	/**
	 * Checks and prepares a base URL.
	 * @param url an absolute URL with a host, without query and fragment
	 * @return the base URL
	 * @throws UrlSyntaxException if the URL is not valid as a base URL
	 */
	public static BaseUrl of(String url) {
		Url prepared = UrlPreparer.prepare(url, "");
		if (prepared.scheme() == null || prepared.host() == null) {
			throw UrlSyntaxException.noHost(url);
		}
		if (prepared.query() != null || prepared.fragment() != null) {
			throw UrlSyntaxException.unparsable(url,
					"A base URL cannot have a query or a fragment. Use the session's params instead.");
		}
		return new BaseUrl(prepared);
	}

	/**
	 * Returns the prepared base URL.
	 * @return the URL
	 */
	public Url url() {
		return this.url;
	}

	/**
	 * Resolves a URL of a call.
	 * @param reference a relative or an absolute URL
	 * @return an absolute URL, not prepared
	 * @throws UrlSyntaxException if the reference has a host without a scheme, or is not
	 * below the base URL
	 */
	public String resolve(String reference) {
		String text = UrlNormalizer.stripLeading(reference);
		if (isAbsolute(text)) {
			return text;
		}
		if (text.startsWith("//")) {
			throw UrlSyntaxException.invalid(reference,
					"Invalid URL " + UrlText.quoted(reference) + ": The URL has a host but no scheme. Use https:"
							+ UrlText.masked(text)
							+ " for another host, or a single slash for a path below the base URL.");
		}
		if (text.isEmpty() || text.charAt(0) == '?' || text.charAt(0) == '#') {
			return this.url.text() + text;
		}
		String relative = (text.charAt(0) == '/') ? text.substring(1) : text;
		rejectParentPath(relative, reference);
		return this.directory + relative;
	}

	/** Returns whether a text starts with a scheme and two slashes. */
	static boolean isAbsolute(String text) {
		int end = UrlSplitter.schemeEnd(text);
		return end > 0 && text.startsWith("://", end);
	}

	private void rejectParentPath(String relative, String reference) {
		int depth = 0;
		int start = 0;
		for (int i = 0; i <= relative.length(); i++) {
			char character = (i < relative.length()) ? relative.charAt(i) : '?';
			if (character != '/' && character != '?' && character != '#') {
				continue;
			}
			int dots = DotSegments.dots(relative, start, i);
			depth += (dots == 0) ? 1 : 1 - dots;
			if (depth < 0) {
				throw UrlSyntaxException.invalid(reference,
						"Invalid URL " + UrlText.quoted(reference) + ": The URL is not below the base URL " + this.url
								+ ". Remove the \"..\", or use an absolute URL.");
			}
			if (character != '/') {
				return;
			}
			start = i + 1;
		}
	}

	@Override
	public String toString() {
		return this.url.toString();
	}

}
