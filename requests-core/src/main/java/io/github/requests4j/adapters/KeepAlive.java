package io.github.requests4j.adapters;

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * Reads how long a server means to keep an idle connection:
 * {@code Keep-Alive: timeout=5}. Using it longer invites the race in which the server
 * closes just as a request is on its way.
 */
final class KeepAlive {

	private static final String TIMEOUT = "timeout=";

	private static final int MOST_DIGITS = 9;

	private KeepAlive() {
	}

	static void note(CaseInsensitiveHeaders headers, ConnectionHandle handle) {
		String value = headers.get("Keep-Alive");
		if (value != null) {
			long seconds = seconds(value);
			if (seconds >= 0) {
				handle.keepFor(seconds);
			}
		}
	}

	/** The number behind the parameter, or -1 if there is none that makes sense. */
	private static long seconds(String value) {
		int start = 0;
		while (start < value.length() && !value.regionMatches(true, start, TIMEOUT, 0, TIMEOUT.length())) {
			start++;
		}
		long seconds = -1;
		int from = start + TIMEOUT.length();
		for (int i = from; i < value.length() && i < from + MOST_DIGITS && HeaderChars.isDigit(value.charAt(i)); i++) {
			seconds = Math.max(0, seconds) * 10 + value.charAt(i) - '0';
		}
		return seconds;
	}

}
