package io.github.requests4j.internal.url;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes the segments "." and ".." of a path, as in urllib3, and detects segments that a
 * server might treat as such.
 */
final class DotSegments {

	/** The forms of a dot, escaped once or twice. */
	private static final List<String> DOTS = List.of(".", "%2e", "%2E", "%252e", "%252E");

	private DotSegments() {
	}

	/**
	 * Removes the dot segments of a path.
	 * @param path the path, before it is encoded
	 * @return the path without them; the same instance if there are none
	 */
	static String remove(String path) {
		return mayHaveDotSegment(path) ? join(path, kept(path)) : path;
	}

	private static boolean mayHaveDotSegment(String path) {
		return path.startsWith(".") || path.contains("/.");
	}

	/** Splits a path at its slashes. There is always at least one segment. */
	static List<String> split(String path) {
		List<String> segments = new ArrayList<>();
		int start = 0;
		for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
			segments.add(path.substring(start, slash));
			start = slash + 1;
		}
		segments.add(path.substring(start));
		return segments;
	}

	private static List<String> kept(String path) {
		List<String> kept = new ArrayList<>();
		for (String segment : split(path)) {
			if (segment.equals("..")) {
				if (!kept.isEmpty()) {
					kept.remove(kept.size() - 1);
				}
			}
			else if (!segment.equals(".")) {
				kept.add(segment);
			}
		}
		return kept;
	}

	private static String join(String path, List<String> kept) {
		if (path.startsWith("/") && (kept.isEmpty() || !kept.get(0).isEmpty())) {
			kept.add(0, "");
		}
		if (path.endsWith("/.") || path.endsWith("/..")) {
			kept.add("");
		}
		return String.join("/", kept);
	}

	/**
	 * Returns the number of dots of a dot segment, as seen by a server that decodes it,
	 * even twice, and ignores text after a semicolon.
	 * @param text a text
	 * @param from the start of the segment
	 * @param end the end of the segment
	 * @return 1 for ".", 2 for "..", in any form; 0 for other segments
	 */
	static int dots(CharSequence text, int from, int end) {
		String segment = text.subSequence(from, Math.min(end, from + 12)).toString();
		int dots = 0;
		int i = 0;
		while (i < segment.length() && segment.charAt(i) != ';') {
			int length = dotLength(segment, i);
			if (length == 0 || ++dots > 2) {
				return 0;
			}
			i += length;
		}
		return dots;
	}

	private static int dotLength(String segment, int index) {
		for (String dot : DOTS) {
			if (segment.startsWith(dot, index)) {
				return dot.length();
			}
		}
		return 0;
	}

}
