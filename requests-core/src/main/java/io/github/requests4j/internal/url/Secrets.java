package io.github.requests4j.internal.url;

import java.util.Locale;
import java.util.Set;

/**
 * The one list of words that make a value secret by its name, for messages, logs, curl
 * commands, endpoints and recordings.
 *
 * @see SecretMasker
 */
public final class Secrets {

	/** What is shown instead. */
	public static final String MASK = "***";

	/** A name that contains one of these has a secret value. */
	private static final String[] WORDS = { "token", "secret", "password", "passwd", "passphrase", "passcode", "pwd",
			"apikey", "accesskey", "privatekey", "cookie", "session", "signature", "credential", "assertion", "jwt",
			"saml", "verifier" };

	/** A name whose last word is one of these has a secret value. */
	private static final Set<String> LAST_WORDS = Set.of("key", "sig", "pass", "pin", "otp", "sid", "ticket", "hmac");

	/** Words before "key" that make it an ordinary word. */
	private static final Set<String> ORDINARY_KEYS = Set.of("cache", "foreign", "group", "idempotency", "message",
			"object", "partition", "primary", "public", "routing", "sort", "surrogate", "websocket");

	/**
	 * Secret texts as whole names: a number or part of a longer name is something else.
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
	 * Returns whether the name of a parameter, field or property makes its value secret.
	 * @param name the name in any case; escapes are decoded
	 * @return whether its value must not be shown
	 */
	public static boolean isSecret(String name) {
		String decoded = PercentCodec.decode(name);
		String plain = plain(decoded);
		return hasWord(plain) || CODES.contains(plain) || isSecretLastWord(decoded);
	}

	/** Returns whether a number of this name is as secret as a text would be. */
	static boolean isSecretNumber(String name) {
		return !CODES.contains(plain(name));
	}

	/**
	 * Returns whether the value of a header is secret: those with credentials and
	 * cookies, and those whose names suggest it, such as {@code X-Api-Key} and
	 * {@code X-Auth-Token}.
	 * @param name the name of the header, in any case
	 * @return whether its value must not be shown
	 */
	public static boolean isSecretHeader(String name) {
		return isSecret(name) && !isHarmlessHeader(name);
	}

	/**
	 * Returns whether a header carries credentials or cookies by its definition.
	 * @param name the name, in any case
	 * @return true for Authorization, Proxy-Authorization, Cookie and Set-Cookie
	 */
	public static boolean isCredentialHeader(String name) {
		return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")
				|| name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Set-Cookie");
	}

	/**
	 * Returns whether a header is known to hold no secret, whoever sets it.
	 * @param name the name, in any case
	 * @return true for User-Agent, Accept, Content-Type and the like
	 */
	public static boolean isHarmlessHeader(String name) {
		return HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT));
	}

	/** In lower case and without what separates words. */
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

	/** An author is no secret; what authorizes is. */
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
	 * A word begins behind a separator, or where an upper-case letter follows a small.
	 */
	private static int wordStart(String name, int end) {
		int start = end;
		while (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
			start--;
			boolean hump = start > 0 && Character.isUpperCase(name.charAt(start))
					&& !Character.isUpperCase(name.charAt(start - 1));
			if (hump) {
				return start;
			}
		}
		return start;
	}

}
