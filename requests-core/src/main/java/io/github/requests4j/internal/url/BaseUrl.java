package io.github.requests4j.internal.url;

import io.github.requests4j.url.Url;

/**
 * The base URL of a session. A relative URL is appended to its path, with or without a
 * slash at the beginning, and can never lead out of it:
 * <p>
 * with {@code https://api.example.com/v1} or {@code https://api.example.com/v1/},
 * <ul>
 * <li>{@code orders} and {@code /orders} are
 * {@code https://api.example.com/v1/orders};</li>
 * <li>{@code ?page=2} adds a query to the base URL as it is written;</li>
 * <li>{@code ../admin} is refused, however the dots are escaped;</li>
 * <li>{@code https://other.example.com/x} stays what it is;</li>
 * <li>{@code //other.example.com/x} is refused, since it looks like a path and names a
 * host.</li>
 * </ul>
 * Immutable, and safe for use by many threads.
 */
public final class BaseUrl {

	private final Url url;

	private final String directory;

	private BaseUrl(Url url) {
		this.url = url;
		this.directory = url.text().endsWith("/") ? url.text() : url.text() + '/';
	}

	/**
	 * Check and prepare a base URL.
	 * @param url an absolute URL with a host, without query and fragment
	 * @return the base URL
	 * @throws UrlSyntaxException if it is not such a URL
	 */
	public static BaseUrl of(String url) {
		Url prepared = UrlPreparer.prepare(url, "");
		if (prepared.scheme() == null || prepared.host() == null) {
			throw UrlSyntaxException.noHost(url);
		}
		if (prepared.query() != null || prepared.fragment() != null) {
			throw UrlSyntaxException.unparsable(url,
					"a base URL cannot have a query or a fragment; use the session's params instead");
		}
		return new BaseUrl(prepared);
	}

	/**
	 * The base URL in its prepared form.
	 * @return the URL
	 */
	public Url url() {
		return this.url;
	}

	/**
	 * Resolve what the caller of a session wrote.
	 * @param reference a relative or an absolute URL
	 * @return an absolute URL, yet to be prepared
	 * @throws UrlSyntaxException if the reference names a host without a scheme, or leads
	 * out of the base path
	 */
	public String resolve(String reference) {
		String text = UrlNormalizer.stripLeading(reference);
		if (isAbsolute(text)) {
			return text;
		}
		if (text.startsWith("//")) {
			throw UrlSyntaxException.invalid(reference,
					"Invalid URL " + UrlText.quoted(reference) + ": it names a host but no scheme. Write https:"
							+ UrlText.masked(text)
							+ " for another host, or a single slash for a path under the base URL");
		}
		if (text.isEmpty() || text.charAt(0) == '?' || text.charAt(0) == '#') {
			return this.url.text() + text;
		}
		String relative = (text.charAt(0) == '/') ? text.substring(1) : text;
		refuseClimbing(relative, reference);
		return this.directory + relative;
	}

	/** Whether a text begins with a scheme and two slashes. */
	static boolean isAbsolute(String text) {
		int end = UrlSplitter.schemeEnd(text);
		return end > 0 && text.startsWith("://", end);
	}

	private void refuseClimbing(String relative, String reference) {
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
						"Invalid URL " + UrlText.quoted(reference) + ": it leads out of the base URL " + this.url
								+ ". Remove the \"..\", or write an absolute URL");
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
