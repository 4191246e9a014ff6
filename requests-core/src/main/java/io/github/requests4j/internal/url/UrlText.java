package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.url.Url;

/**
 * Formats URLs for messages and logs, without secrets and without characters that could
 * forge a log line.
 */
public final class UrlText {

	private UrlText() {
	}

	/**
	 * Replaces the password of a URL, and the values of secret names in its query and
	 * fragment, with {@code ***}. The text does not have to be a valid URL.
	 * @param url any text
	 * @return the masked text; the same instance if there are no secrets
	 */
	public static String masked(String url) {
		return SecretMasker.DEFAULT.url(url);
	}

	/**
	 * Masks the password. If its end is ambiguous, too much is masked instead of too
	 * little, so a password with an unescaped slash or hash sign is masked as well.
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
	 * Returns whether the colon starts a port or is part of the path, as in
	 * {@code http://host:80/users/@me}, so that the "@" does not end a userinfo.
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
	 * Returns a URL without userinfo, query and fragment, which may contain secrets.
	 * @param url the URL
	 * @return the text up to the query
	 */
	public static String withoutQuery(Url url) {
		String text = url.withoutUserinfoAndFragment();
		int query = text.indexOf('?');
		return (query >= 0) ? text.substring(0, query) : text;
	}

	/**
	 * Returns how messages and logs name a call. The URL has no query, since that may
	 * contain secrets.
	 * @param method the method
	 * @param url the URL
	 * @return the method and the URL on one line
	 */
	public static String call(@Nullable String method, Url url) {
		return method + " " + printable(withoutQuery(url));
	}

	/**
	 * Quotes a text with its secrets masked, like {@code repr} in Python, as in the
	 * messages of requests.
	 * @param url any text
	 * @return the quoted text, such as <code>'http://u:***@h'</code>
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
	 * Masks the secrets and escapes the control characters of a text.
	 * @param url any text
	 * @return the text for a log line
	 */
	public static String printable(String url) {
		return PrintableText.printable(masked(url));
	}

}
