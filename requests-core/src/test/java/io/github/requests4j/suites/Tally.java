package io.github.requests4j.suites;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Counts the cases of one suite: equal, intentionally stricter, another answer for a
 * known reason, different, or not runnable.
 */
final class Tally {

	private final String name;

	private int equal;

	private int notRunnable;

	private final Map<String, Integer> stricter = new LinkedHashMap<>();

	private final Map<String, Integer> explained = new LinkedHashMap<>();

	private final List<String> different = new ArrayList<>();

	Tally(String name) {
		this.name = name;
	}

	/** Counts a case as equal or different. */
	void compare(String label, @Nullable Object expected, @Nullable Object actual) {
		if (Objects.equals(expected, actual)) {
			this.equal++;
		}
		else {
			this.different.add(label + ": expected " + expected + ", got " + actual);
		}
	}

	/**
	 * Counts a case that the library rejects intentionally, with the rule that requires
	 * it.
	 */
	void stricter(String rule) {
		this.stricter.merge(rule, 1, Integer::sum);
	}

	/** Counts a case with another answer, with the reason why that is right. */
	void explained(String reason) {
		this.explained.merge(reason, 1, Integer::sum);
	}

	/** Counts a case that needs something that the library does not have. */
	void notRunnable() {
		this.notRunnable++;
	}

	int differences() {
		return this.different.size();
	}

	void print(PrintStream out, boolean details) {
		out.printf("%-16s equal %5d  stricter on purpose %4d  explained %4d  different %4d  not runnable %4d%n",
				this.name, this.equal, sum(this.stricter), sum(this.explained), this.different.size(),
				this.notRunnable);
		this.stricter.forEach((rule, count) -> out.printf("    stricter %4d  %s%n", count, rule));
		this.explained.forEach((reason, count) -> out.printf("    explained %3d  %s%n", count, reason));
		if (details) {
			this.different.forEach((line) -> out.println("    " + escape(line)));
		}
	}

	private static int sum(Map<String, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		for (char c : text.toCharArray()) {
			escaped.append((c < ' ') ? String.format("\\x%02x", (int) c) : String.valueOf(c));
		}
		return escaped.toString();
	}

}
