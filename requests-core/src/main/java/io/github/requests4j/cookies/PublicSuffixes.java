package io.github.requests4j.cookies;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The public-suffix list: domains under which different owners register names, so that no
 * cookie may cover them (https://publicsuffix.org/list/). Rules of the ICANN section and
 * of the private section are treated alike. Immutable.
 */
final class PublicSuffixes {

	private static final String RESOURCE = "public-suffix-list.dat";

	private static volatile @Nullable PublicSuffixes bundled;

	/**
	 * The rules as A-labels in byte order, each followed by a line feed. Ten thousand
	 * strings would use five times as much memory.
	 */
	private final byte[] rules;

	PublicSuffixes(byte[] rules) {
		this.rules = rules;
	}

	/**
	 * Returns whether a domain is a public suffix according to the bundled list.
	 */
	static boolean contains(String domain) {
		return bundled().matches(domain);
	}

	/** Reads the list when the first Domain attribute needs it. */
	private static PublicSuffixes bundled() {
		PublicSuffixes list = bundled;
		if (list == null) {
			list = read();
			bundled = list;
		}
		return list;
	}

	private static PublicSuffixes read() {
		try (InputStream in = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
			if (in == null) {
				throw new IllegalStateException("The public-suffix list " + RESOURCE
						+ " is missing from the jar of requests4j. Keep this resource when you repackage the jar.");
			}
			byte[] file = in.readAllBytes();
			return new PublicSuffixes(Arrays.copyOfRange(file, endOfHeader(file), file.length));
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"The public-suffix list " + RESOURCE + " could not be read: " + ex.getMessage(), ex);
		}
	}

	private static int endOfHeader(byte[] file) {
		int start = 0;
		while (start < file.length && file[start] == '/') {
			start = endOfLine(file, start) + 1;
		}
		return start;
	}

	/**
	 * Returns whether a domain is a public suffix, ignoring case, as A-labels or in
	 * Unicode, with or without a trailing dot. A single label is always a public suffix.
	 * So is the domain of a wildcard, as in browsers, because a cookie for it would be
	 * sent to every suffix that matches the wildcard.
	 */
	boolean matches(String domain) {
		String name = Domains.canonical(domain);
		if (name == null) {
			return false;
		}
		int dot = name.indexOf('.');
		if (dot < 0) {
			return true;
		}
		return (hasRule(name) || hasRule("*." + name) || hasRule("*" + name.substring(dot))) && !hasRule("!" + name);
	}

	private boolean hasRule(String rule) {
		int low = 0;
		int high = this.rules.length;
		while (low < high) {
			int start = startOfLine(low, (low + high) >>> 1);
			int end = endOfLine(this.rules, start);
			int order = compare(start, end, rule);
			if (order == 0) {
				return true;
			}
			if (order < 0) {
				low = end + 1;
			}
			else {
				high = start;
			}
		}
		return false;
	}

	private int startOfLine(int low, int middle) {
		int start = middle;
		while (start > low && this.rules[start - 1] != '\n') {
			start--;
		}
		return start;
	}

	private static int endOfLine(byte[] bytes, int from) {
		int end = from;
		while (end < bytes.length && bytes[end] != '\n') {
			end++;
		}
		return end;
	}

	private int compare(int start, int end, String rule) {
		int length = Math.min(end - start, rule.length());
		for (int i = 0; i < length; i++) {
			int difference = this.rules[start + i] - rule.charAt(i);
			if (difference != 0) {
				return difference;
			}
		}
		return end - start - rule.length();
	}

}
