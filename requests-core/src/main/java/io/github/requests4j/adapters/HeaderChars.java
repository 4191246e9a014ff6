package io.github.requests4j.adapters;

/**
 * Which characters may stand where in a message (RFC 9110, section 5.6.2; RFC 9112).
 */
final class HeaderChars {

	private static final boolean[] TOKEN = new boolean[128];

	static {
		String others = "!#$%&'*+-.^_`|~";
		for (char c = 0; c < TOKEN.length; c++) {
			TOKEN[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| others.indexOf(c) >= 0;
		}
	}

	/** What a value may hold, as bytes of ISO-8859-1. */
	private static final boolean[] VALUE = new boolean[256];

	static {
		for (char c = 0; c < VALUE.length; c++) {
			VALUE[c] = !isControl(c);
		}
	}

	private HeaderChars() {
	}

	/** What a value may hold: no controls but the tab, nothing beyond ISO-8859-1. */
	static boolean isValue(char c) {
		return c < VALUE.length && VALUE[c];
	}

	static boolean isToken(char c) {
		return c < TOKEN.length && TOKEN[c];
	}

	/** Space and tab. */
	static boolean isBlank(char c) {
		return c == ' ' || c == '\t';
	}

	/** Controls that no value may hold; the tab may stand within one. */
	static boolean isControl(char c) {
		return (c < ' ' && c != '\t') || c == 0x7f;
	}

	/** What a target or a host may hold. */
	static boolean isVisible(char c) {
		return c > ' ' && c < 0x7f;
	}

	static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/** The value of a hexadecimal digit, or -1. */
	static int hexDigit(char c) {
		if (isDigit(c)) {
			return c - '0';
		}
		char lower = (char) (c | 0x20);
		return (lower >= 'a' && lower <= 'f' && c < 0x7f) ? lower - 'a' + 10 : -1;
	}

	/**
	 * Whether a comma-separated list has an element, in any case of letters.
	 */
	static boolean hasElement(String list, String element) {
		int start = 0;
		while (start <= list.length()) {
			int comma = list.indexOf(',', start);
			int end = (comma < 0) ? list.length() : comma;
			if (isElement(list, start, end, element)) {
				return true;
			}
			start = end + 1;
		}
		return false;
	}

	private static boolean isElement(String list, int from, int to, String element) {
		int start = from;
		int end = to;
		while (start < end && isBlank(list.charAt(start))) {
			start++;
		}
		while (end > start && isBlank(list.charAt(end - 1))) {
			end--;
		}
		return end - start == element.length() && list.regionMatches(true, start, element, 0, element.length());
	}

	/**
	 * Whether a host is the text of an IP address, without brackets.
	 */
	static boolean isAddress(String host) {
		if (host.indexOf(':') >= 0) {
			return true;
		}
		for (int i = 0; i < host.length(); i++) {
			if (host.charAt(i) != '.' && !isDigit(host.charAt(i))) {
				return false;
			}
		}
		return true;
	}

}
