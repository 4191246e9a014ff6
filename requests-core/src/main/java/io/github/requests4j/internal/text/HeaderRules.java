package io.github.requests4j.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Determines which characters the parts of a message may contain (RFC 9110, section
 * 5.6.2; RFC 9112), and which headers contradict each other.
 */
public final class HeaderRules {

	private static final boolean[] TOKEN = new boolean[128];

	static {
		String others = "!#$%&'*+-.^_`|~";
		for (char c = 0; c < TOKEN.length; c++) {
			TOKEN[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Digits.isDigit(c) || others.indexOf(c) >= 0;
		}
	}

	/** The ISO-8859-1 characters that a value may contain. */
	private static final boolean[] VALUE = new boolean[256];

	static {
		for (char c = 0; c < VALUE.length; c++) {
			VALUE[c] = !isControl(c);
		}
	}

	private HeaderRules() {
	}

	/**
	 * Returns whether a character may be part of a token, such as a method.
	 * @param c the character
	 * @return {@code true} if it may
	 */
	public static boolean isToken(char c) {
		return c < TOKEN.length && TOKEN[c];
	}

	/**
	 * Returns whether a header value may contain a character: any ISO-8859-1 character
	 * except controls other than the tab.
	 * @param c the character
	 * @return {@code true} if it may
	 */
	public static boolean isValue(char c) {
		return c < VALUE.length && VALUE[c];
	}

	/**
	 * Returns whether a character is a space or a tab.
	 * @param c the character
	 * @return {@code true} if it is
	 */
	public static boolean isBlank(char c) {
		return c == ' ' || c == '\t';
	}

	/**
	 * Returns whether a character is a control that header values must not contain, which
	 * excludes the tab.
	 * @param c the character
	 * @return {@code true} if it is
	 */
	public static boolean isControl(char c) {
		return (c < ' ' && c != '\t') || c == 0x7f;
	}

	/**
	 * Returns whether a character is visible ASCII, as required for targets, hosts and
	 * credentials.
	 * @param c the character
	 * @return {@code true} if it is
	 */
	public static boolean isVisible(char c) {
		return c > ' ' && c < 0x7f;
	}

	/**
	 * Returns the position of the first control other than the tab.
	 * @param text any text
	 * @return the index, or -1 if there is none
	 */
	public static int indexOfControl(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (isControl(text.charAt(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the position of the first character that a token must not contain.
	 * @param text the text
	 * @return the index, or -1 if there is none
	 */
	public static int indexOfNonToken(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isToken(text.charAt(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the position of the first character that is not visible ASCII.
	 * @param text the text
	 * @return the index, or -1 if there is none
	 */
	public static int indexOfInvisible(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isVisible(text.charAt(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the position of the first character that a header value must not contain.
	 * @param value the value
	 * @return the index, or -1 if there is none
	 */
	public static int indexOfInvalidValue(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (!isValue(value.charAt(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns whether a name is valid for a header: a token (RFC 9110, section 5.1). A
	 * server that trims or drops other names, such as {@code "Content-Length "}, would
	 * see headers that were not checked.
	 * @param name the name
	 * @return {@code true} if it can
	 */
	public static boolean isName(String name) {
		return !name.isEmpty() && indexOfNonToken(name) < 0;
	}

	/**
	 * Returns whether a comma-separated list contains an element, ignoring case.
	 * @param list the list
	 * @param element the element
	 * @return {@code true} if it does
	 */
	public static boolean hasElement(String list, String element) {
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
	 * Returns why the end of a request is ambiguous. Servers that disagree about it allow
	 * request smuggling (RFC 9112, section 11.2).
	 * @param length the value of Content-Length, or {@code null}
	 * @param coding the value of Transfer-Encoding, or {@code null}
	 * @return the reason, or {@code null} if the headers are consistent
	 */
	public static @Nullable String contradiction(@Nullable String length, @Nullable String coding) {
		if (length != null && Digits.parse(length) < 0) {
			return "Content-Length is " + PrintableText.quoted(length) + ", which is not a number";
		}
		if (coding == null) {
			return null;
		}
		if (!coding.equalsIgnoreCase("chunked")) {
			return "Transfer-Encoding is " + PrintableText.quoted(coding)
					+ ", but the only supported coding is chunked";
		}
		return (length != null) ? "both Content-Length and Transfer-Encoding are set" : null;
	}

}
