package io.github.requests4j.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decodes text of a message head. Names are tokens and therefore ASCII.
 */
final class HeadText {

	private static final int LETTER_CASE = 0x20;

	private static final int NOT_ASCII = 0x80;

	/** Common response headers in their common spelling. */
	private static final String[] COMMON_NAMES = { "Accept-Ranges", "Access-Control-Allow-Credentials",
			"Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin",
			"Access-Control-Expose-Headers", "Age", "Allow", "Alt-Svc", "Cache-Control", "Connection",
			"Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
			"Content-Range", "Content-Security-Policy", "Content-Type", "Cross-Origin-Opener-Policy", "Date", "ETag",
			"Expires", "Keep-Alive", "Last-Modified", "Link", "Location", "Pragma", "Proxy-Authenticate",
			"Referrer-Policy", "Retry-After", "Server", "Server-Timing", "Set-Cookie", "Strict-Transport-Security",
			"Trailer", "Transfer-Encoding", "Upgrade", "Vary", "Via", "WWW-Authenticate", "Warning", "X-Cache",
			"X-Content-Type-Options", "X-Frame-Options", "X-Powered-By", "X-RateLimit-Limit", "X-RateLimit-Remaining",
			"X-RateLimit-Reset", "X-Request-Id", "X-XSS-Protection" };

	/** A power of two, several times the length of the list. */
	private static final int SLOTS = 512;

	private static final @Nullable String[] TABLE = new String[SLOTS];

	static {
		for (String name : COMMON_NAMES) {
			add(name);
			add(name.toLowerCase(Locale.ROOT));
		}
	}

	private HeadText() {
	}

	private static void add(String name) {
		byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
		int slot = slot(bytes, 0, bytes.length);
		while (TABLE[slot] != null) {
			slot = (slot + 1) % SLOTS;
		}
		TABLE[slot] = name;
	}

	private static int slot(byte[] bytes, int start, int end) {
		int hash = end - start;
		for (int i = start; i < end; i++) {
			hash = hash * 31 + bytes[i];
		}
		return (hash ^ (hash >>> 9)) & (SLOTS - 1);
	}

	/** Returns a name; common ones are not allocated. */
	static String name(byte[] bytes, int start, int end) {
		int slot = slot(bytes, start, end);
		String candidate = TABLE[slot];
		while (candidate != null) {
			if (equals(candidate, bytes, start, end)) {
				return candidate;
			}
			slot = (slot + 1) % SLOTS;
			candidate = TABLE[slot];
		}
		return value(bytes, start, end);
	}

	private static boolean equals(String text, byte[] bytes, int start, int end) {
		if (text.length() != end - start) {
			return false;
		}
		for (int i = start; i < end; i++) {
			if (text.charAt(i - start) != bytes[i]) {
				return false;
			}
		}
		return true;
	}

	static String value(byte[] bytes, int start, int end) {
		return (start == end) ? "" : new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns a case-insensitive key, computed from the length and three characters near
	 * the end and in the middle, because many names have the same prefix. All characters
	 * beyond ASCII, which no valid name has, count as the same, because their other case
	 * may be any character.
	 */
	static int key(String name) {
		int length = name.length();
		if (length == 0) {
			return 0;
		}
		return key(length, name.charAt(length - 1), name.charAt(Math.max(0, length - 2)), name.charAt(length >> 1));
	}

	/** Returns the key of a name that has not been decoded. */
	static int key(byte[] bytes, int start, int end) {
		int length = end - start;
		return key(length, bytes[end - 1] & 0xff, bytes[Math.max(start, end - 2)] & 0xff,
				bytes[start + (length >> 1)] & 0xff);
	}

	private static int key(int length, int last, int beforeLast, int middle) {
		return ((length * 31 + letter(last)) * 31 + letter(beforeLast)) * 31 + letter(middle);
	}

	private static int letter(int c) {
		return (c < NOT_ASCII) ? c | LETTER_CASE : NOT_ASCII;
	}

	/** Returns whether bytes equal a name, ignoring case. */
	static boolean isName(byte[] bytes, int start, int end, String name) {
		int length = end - start;
		if (name.length() != length) {
			return false;
		}
		// Many names have the same prefix (X-...), so the end differs sooner.
		for (int i = length - 1; i >= 0; i--) {
			if (!isSame(bytes[start + i] & 0xff, name.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/** Returns whether two ranges contain the same name, ignoring case. */
	static boolean isSameName(byte[] bytes, int start, int end, int otherStart, int otherEnd) {
		int length = end - start;
		if (otherEnd - otherStart != length) {
			return false;
		}
		if (Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd)) {
			return true;
		}
		for (int i = length - 1; i >= 0; i--) {
			if (!isSame(bytes[start + i] & 0xff, bytes[otherStart + i] & 0xff)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isSame(int one, int other) {
		if (one == other) {
			return true;
		}
		int letter = one | LETTER_CASE;
		return letter == (other | LETTER_CASE) && letter >= 'a' && letter <= 'z';
	}

}
