package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Prepares the URL of a request, like {@code prepare_url} in requests. A common URL that
 * preparing would not change is detected in one pass and not copied: a plain lower-case
 * host, a path, no userinfo, and nothing to encode, decode or remove.
 * {@link UrlNormalizer} prepares other URLs.
 */
public final class UrlPreparer {

	private final String text;

	private int index;

	private UrlPreparer(String text, int index) {
		this.text = text;
		this.index = index;
	}

	/**
	 * Prepares a URL.
	 * @param url the text of the caller
	 * @param added encoded text to add to the query, empty for none
	 * @return the prepared URL; a text with a scheme other than http is not changed and
	 * has no added parameters
	 * @throws UrlSyntaxException if there is no scheme or no host, or the text cannot be
	 * parsed
	 */
	public static ParsedUrl prepare(String url, String added) {
		ParsedUrl clean = scan(url);
		if (clean != null && (added.isEmpty() || isStableQuery(added))) {
			return added.isEmpty() ? clean : append(clean, added);
		}
		return UrlNormalizer.normalize(url, added);
	}

	private static ParsedUrl append(ParsedUrl url, String added) {
		String text = url.text();
		UrlSplitter.Layout layout = url.layout();
		int end = layout.queryEnd();
		boolean query = end > layout.pathEnd();
		StringBuilder target = new StringBuilder(text.length() + added.length() + 1).append(text, 0, end)
			.append(query ? '&' : '?')
			.append(added);
		int queryEnd = target.length();
		target.append(text, end, text.length());
		return new ParsedUrl(target.toString(), url.scheme(), layout.withQueryEnd(queryEnd));
	}

	/**
	 * Detects a URL that does not have to be changed.
	 * @param text any text
	 * @return the URL, or null if the text must be normalized
	 */
	private static @Nullable ParsedUrl scan(String text) {
		if (text.startsWith("https://")) {
			return new UrlPreparer(text, 8).scanFrom("https");
		}
		return text.startsWith("http://") ? new UrlPreparer(text, 7).scanFrom("http") : null;
	}

	private @Nullable ParsedUrl scanFrom(String scheme) {
		int host = this.index;
		while (at(UrlChars.PLAIN_HOST)) {
			this.index++;
		}
		int hostEnd = this.index;
		if (hostEnd == host || this.text.charAt(host) == '.' || IpAddress.isUnusualIpv4(this.text, host, hostEnd)) {
			return null;
		}
		int port = is(':') ? port() : -1;
		int pathStart = this.index;
		if (!is('/') || !skipPath()) {
			return null;
		}
		int pathEnd = this.index;
		if (is('?') && !skipSuffix()) {
			return null;
		}
		int queryEnd = this.index;
		if (is('#') && !skipSuffix()) {
			return null;
		}
		if (this.index < this.text.length()) {
			return null;
		}
		return new ParsedUrl(this.text, scheme,
				new UrlSplitter.Layout(scheme.length(), host, host, hostEnd, port, pathStart, pathEnd, queryEnd));
	}

	private boolean at(int classes) {
		return this.index < this.text.length() && UrlChars.is(this.text.charAt(this.index), classes);
	}

	private boolean is(char character) {
		return this.index < this.text.length() && this.text.charAt(this.index) == character;
	}

	/**
	 * Returns the port. If it must be normalized, the index is not changed and the scan
	 * fails.
	 */
	private int port() {
		int start = this.index + 1;
		int end = Digits.end(this.text, start);
		int port = Digits.port(this.text, start, end);
		if (port <= 0 || this.text.charAt(start) == '0') {
			return -1;
		}
		this.index = end;
		return port;
	}

	private boolean skipPath() {
		while (at(UrlChars.PATH) || isStableEscape(this.text, this.index)) {
			char character = this.text.charAt(this.index);
			if (character == '.' && this.text.charAt(this.index - 1) == '/' && isDotSegment()) {
				return false;
			}
			this.index += (character == '%') ? 3 : 1;
		}
		return true;
	}

	private boolean isDotSegment() {
		int end = this.index + (this.text.startsWith("..", this.index) ? 2 : 1);
		return end == this.text.length() || this.text.charAt(end) == '/' || this.text.charAt(end) == '?'
				|| this.text.charAt(end) == '#';
	}

	/**
	 * Skips a query or a fragment. An empty one must be normalized, because its delimiter
	 * is removed.
	 */
	private boolean skipSuffix() {
		int start = this.index + 1;
		this.index = stableEnd(this.text, start);
		return this.index > start;
	}

	/** Returns whether a query does not have to be changed. */
	private static boolean isStableQuery(String query) {
		return stableEnd(query, 0) == query.length();
	}

	private static int stableEnd(String text, int start) {
		int i = start;
		while (i < text.length()) {
			if (UrlChars.is(text.charAt(i), UrlChars.QUERY)) {
				i++;
			}
			else if (isStableEscape(text, i)) {
				i += 3;
			}
			else {
				return i;
			}
		}
		return i;
	}

	/**
	 * Returns whether there is an escape here that does not have to be changed.
	 */
	private static boolean isStableEscape(String text, int index) {
		if (index >= text.length()) {
			return false;
		}
		int value = UrlChars.escapedByte(text, index);
		return value >= 0 && UrlChars.isUpperEscape(text, index) && !UrlChars.is(value, UrlChars.UNRESERVED);
	}

}
