package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.PrintableText;

/**
 * How URLs are written into messages and logs: without secrets, and without characters
 * that could forge a line of a log.
 */
public final class UrlText {

	private UrlText() {
	}

	/**
	 * Replaces the password of a URL, and the values of secret names in its query and
	 * fragment, by {@code ***}. The text need not be a valid URL.
	 * @param url any text
	 * @return the text without its secrets; the same instance when there are none
	 */
	public static String masked(String url) {
		return SecretMasker.DEFAULT.url(url);
	}

	/**
	 * When it is ambiguous where the password ends, too much is masked rather than too
	 * little (a password with a raw slash or hash sign is hidden as well).
	 */
	static String withoutPassword(String url) {
		int at = url.lastIndexOf('@');
		if (at < 0) {
			return url;
		}
		int start = userinfoStart(url);
		int colon = url.indexOf(':', start);
		if (colon < 0 || colon > at || isOrdinaryAuthority(url, start, colon)) {
			return url;
		}
		return url.substring(0, colon + 1) + Secrets.MASK + url.substring(at);
	}

	private static int userinfoStart(String url) {
		int slashes = url.indexOf("//");
		if (slashes >= 0) {
			return slashes + 2;
		}
		return url.regionMatches(true, 0, "mailto:", 0, 7) ? 7 : 0;
	}

	/**
	 * Whether the colon merely begins a port or stands in the path, as in
	 * {@code http://host:80/users/@me}, so that the "@" belongs to something else.
	 */
	private static boolean isOrdinaryAuthority(String url, int start, int colon) {
		for (int i = start; i < colon; i++) {
			if (isAuthorityEnd(url.charAt(i))) {
				return true;
			}
		}
		int end = Digits.end(url, colon + 1);
		int digits = end - colon - 1;
		return digits > 0 && digits <= 5 && end < url.length() && isAuthorityEnd(url.charAt(end));
	}

	private static boolean isAuthorityEnd(char character) {
		return character == '/' || character == '?' || character == '#' || character == '\\';
	}

	/**
	 * Quote a text the way Python's {@code repr} does, as the messages of requests show
	 * it, with its secrets masked.
	 * @param url any text
	 * @return the quoted text, for instance <code>'http://u:***@h'</code>
	 */
	public static String quoted(String url) {
		return PrintableText.quoted(masked(url));
	}

	/**
	 * Guesses the URL that was meant by a host and a port without a scheme, whose host
	 * then looks like one.
	 * @param url any text
	 * @return the text with a scheme, fit for a message; null if it has another shape
	 */
	public static @Nullable String withScheme(String url) {
		int colon = url.indexOf(':');
		for (int i = 0; i < colon; i++) {
			if (isAuthorityEnd(url.charAt(i)) || url.charAt(i) == '@') {
				return null;
			}
		}
		int end = Digits.end(url, colon + 1);
		int digits = end - colon - 1;
		if (colon <= 0 || digits == 0 || digits > 5 || (end < url.length() && !isAuthorityEnd(url.charAt(end)))) {
			return null;
		}
		boolean secure = url.startsWith("443", colon + 1) && digits == 3;
		return (secure ? "https://" : "http://") + printable(url);
	}

	/**
	 * Mask the secrets and escape the control characters of a text.
	 * @param url any text
	 * @return a text that is fit for a line of a log
	 */
	public static String printable(String url) {
		return PrintableText.printable(masked(url));
	}

}
