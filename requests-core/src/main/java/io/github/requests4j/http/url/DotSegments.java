package io.github.requests4j.http.url;

import java.util.ArrayList;
import java.util.List;

/** The removal of dot segments as urllib3 does it (behaviour 38). */
final class DotSegments {

	private DotSegments() {
	}

	static String remove(String path) {
		return mayHaveDotSegment(path) ? join(path, kept(path)) : path;
	}

	private static boolean mayHaveDotSegment(String path) {
		return path.startsWith(".") || path.contains("/.");
	}

	private static List<String> kept(String path) {
		List<String> kept = new ArrayList<>();
		int start = 0;
		while (start <= path.length()) {
			int slash = path.indexOf('/', start);
			int end = (slash < 0) ? path.length() : slash;
			String segment = path.substring(start, end);
			if (segment.equals("..")) {
				if (!kept.isEmpty()) {
					kept.remove(kept.size() - 1);
				}
			}
			else if (!segment.equals(".")) {
				kept.add(segment);
			}
			start = end + 1;
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

}
