package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Recognises the usual URL, which preparing would not change, in one pass: plain
 * lower-case host, path, no userinfo, nothing to encode, decode or remove.
 */
final class CleanUrl {

	private final String text;

	private int index;

	private CleanUrl(String text, int index) {
		this.text = text;
		this.index = index;
	}

	/**
	 * Recognise a URL that is in its final form.
	 * @param text any text
	 * @return the URL, or null when the text needs to be looked at more closely
	 */
	static @Nullable Url scan(String text) {
		if (text.startsWith("https://")) {
			return new CleanUrl(text, 8).scanFrom("https");
		}
		return text.startsWith("http://") ? new CleanUrl(text, 7).scanFrom("http") : null;
	}

	private @Nullable Url scanFrom(String scheme) {
		int host = this.index;
		while (at(UrlChars.PLAIN_HOST)) {
			this.index++;
		}
		int hostEnd = this.index;
		if (hostEnd == host || this.text.charAt(host) == '.') {
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
		return new Url(this.text, scheme,
				new UrlLayout(scheme.length(), host, host, hostEnd, port, pathStart, pathEnd, queryEnd));
	}

	private boolean at(int classes) {
		return this.index < this.text.length() && UrlChars.is(this.text.charAt(this.index), classes);
	}

	private boolean is(char character) {
		return this.index < this.text.length() && this.text.charAt(this.index) == character;
	}

	/** The port; when it is not in its final form, the index stays and the scan fails. */
	private int port() {
		int start = this.index + 1;
		int end = Digits.end(this.text, start);
		int port = UrlSplitter.parsePort(this.text, start, end);
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
	 * Skip a query or a fragment; an empty one would lose its delimiter (behaviour 39).
	 */
	private boolean skipSuffix() {
		int start = this.index + 1;
		this.index = stableEnd(this.text, start);
		return this.index > start;
	}

	/** Whether a query is in its final form. */
	static boolean isStableQuery(String query) {
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

	/** Whether an escape begins here that is upper-case and must stay (behaviour 40). */
	private static boolean isStableEscape(String text, int index) {
		if (index >= text.length()) {
			return false;
		}
		int value = UrlChars.escapedByte(text, index);
		return value >= 0 && ComponentEncoder.isUpperEscape(text, index) && !UrlChars.is(value, UrlChars.UNRESERVED);
	}

}
