package io.github.requests4j.internal.url;

import java.util.Locale;
import java.util.Set;

/**
 * Determines from their names which values are secret, for messages, logs, curl commands,
 * endpoints and recordings.
 *
 * @see SecretMasker
 */
public final class Secrets {

	/** The replacement for secrets. */
	public static final String MASK = "***";

	/** The value of a name that contains one of these words is secret. */
	private static final String[] WORDS = { "token", "secret", "password", "passwd", "passphrase", "passcode", "pwd",
			"apikey", "accesskey", "privatekey", "cookie", "session", "signature", "credential", "assertion", "jwt",
			"saml", "verifier" };

	/** The value of a name whose last word is one of these is secret. */
	private static final Set<String> LAST_WORDS = Set.of("key", "sig", "pass", "pin", "otp", "sid", "ticket", "hmac");

	/** Words before "key" with which it is not secret. */
	private static final Set<String> ORDINARY_KEYS = Set.of("cache", "foreign", "group", "idempotency", "message",
			"object", "partition", "primary", "public", "routing", "sort", "surrogate", "websocket");

	/**
	 * Whole names of secret strings. Numbers with these names and longer names are not
	 * secret.
	 */
	private static final Set<String> CODES = Set.of("code", "devicecode", "usercode");

	private static final Set<String> HARMLESS_HEADERS = Set.of("accept", "accept-charset", "accept-encoding",
			"accept-language", "cache-control", "connection", "content-language", "content-type", "date", "expect",
			"host", "idempotency-key", "if-match", "if-modified-since", "if-none-match", "if-range",
			"if-unmodified-since", "max-forwards", "origin", "pragma", "prefer", "priority", "range",
			"sec-websocket-key", "te", "upgrade-insecure-requests", "user-agent");

	private Secrets() {
	}

	/**
	 * Returns whether the value of a parameter, field or property is secret.
	 * @param name the case-insensitive name, in which escapes are decoded
	 * @return whether its value must be masked
	 */
	public static boolean isSecret(String name) {
		String decoded = PercentCodec.decode(name);
		String plain = plain(decoded);
		return hasWord(plain) || CODES.contains(plain) || isSecretLastWord(decoded);
	}

	/** Returns whether a number with this secret name is secret too. */
	static boolean isSecretNumber(String name) {
		return !CODES.contains(plain(name));
	}

	/**
	 * Returns whether the value of a header is secret: headers with credentials and
	 * cookies, and those with names such as {@code X-Api-Key} and {@code X-Auth-Token}.
	 * @param name the case-insensitive name of the header
	 * @return whether its value must be masked
	 */
	public static boolean isSecretHeader(String name) {
		return isSecret(name) && !isHarmlessHeader(name);
	}

	/**
	 * Returns whether a header is defined to contain credentials or cookies.
	 * @param name the case-insensitive name
	 * @return true for Authorization, Proxy-Authorization, Cookie and Set-Cookie
	 */
	public static boolean isCredentialHeader(String name) {
		return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")
				|| name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Set-Cookie");
	}

	/**
	 * Returns whether a header is known not to contain secrets.
	 * @param name the case-insensitive name
	 * @return true for User-Agent, Accept, Content-Type and similar headers
	 */
	public static boolean isHarmlessHeader(String name) {
		return HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT));
	}

	/** Returns a name in lower case and without word separators. */
	static String plain(String name) {
		StringBuilder plain = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (Character.isLetterOrDigit(c)) {
				plain.append(Character.toLowerCase(c));
			}
		}
		return plain.toString();
	}

	private static boolean hasWord(String plain) {
		for (String word : WORDS) {
			if (plain.contains(word)) {
				return true;
			}
		}
		return hasAuth(plain);
	}

	/** Returns whether a name contains "auth", but not only in "author". */
	private static boolean hasAuth(String plain) {
		int auth = plain.indexOf("auth");
		while (auth >= 0) {
			if (!plain.startsWith("or", auth + 4) || plain.startsWith("oriz", auth + 4)
					|| plain.startsWith("oris", auth + 4)) {
				return true;
			}
			auth = plain.indexOf("auth", auth + 4);
		}
		return false;
	}

	private static boolean isSecretLastWord(String name) {
		int end = wordEnd(name, name.length());
		int start = wordStart(name, end);
		String last = name.substring(start, end).toLowerCase(Locale.ROOT);
		if (!LAST_WORDS.contains(last)) {
			return false;
		}
		int before = wordEnd(name, start);
		return !last.equals("key")
				|| !ORDINARY_KEYS.contains(name.substring(wordStart(name, before), before).toLowerCase(Locale.ROOT));
	}

	private static int wordEnd(String name, int from) {
		int end = from;
		while (end > 0 && !Character.isLetterOrDigit(name.charAt(end - 1))) {
			end--;
		}
		return end;
	}

	/**
	 * Returns the start of the word before an index. A word starts after a separator, or
	 * at an upper-case letter after a lower-case one.
	 */
	private static int wordStart(String name, int end) {
		int start = end;
		while (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
			start--;
			boolean camelCase = start > 0 && Character.isUpperCase(name.charAt(start))
					&& !Character.isUpperCase(name.charAt(start - 1));
			if (camelCase) {
				return start;
			}
		}
		return start;
	}

}
