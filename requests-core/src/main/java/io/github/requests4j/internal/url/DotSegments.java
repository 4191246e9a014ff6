package io.github.requests4j.internal.url;

import java.util.ArrayList;
import java.util.List;

/**
 * The segments "." and ".." of a path: how urllib3 removes them, and how to recognise
 * what a server might take for one.
 */
final class DotSegments {

	/** How a dot may be written, escaped once or twice. */
	private static final List<String> DOTS = List.of(".", "%2e", "%2E", "%252e", "%252E");

	private DotSegments() {
	}

	/**
	 * Remove the dot segments of a path.
	 * @param path the path, before it is encoded
	 * @return the path without them; the same instance when there are none
	 */
	static String remove(String path) {
		return mayHaveDotSegment(path) ? join(path, kept(path)) : path;
	}

	private static boolean mayHaveDotSegment(String path) {
		return path.startsWith(".") || path.contains("/.");
	}

	/** Split a path at its slashes: there is always at least one segment. */
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
	 * How many levels a segment means to a server that decodes it, even twice, and
	 * ignores what follows a semicolon.
	 * @param text a text
	 * @param from where the segment begins
	 * @param end where the segment ends
	 * @return 1 for ".", 2 for "..", however written; 0 for any other segment
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
