package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls between the two marks in the output of {@code strace -f}.
 *
 * @param caller the number of calls of each kind by the calling thread
 * @param others the number of calls of each kind by all other threads
 */
record Trace(Map<String, Integer> caller, Map<String, Integer> others) {

	/** Matches the start of a system call, but not the end of an interrupted one. */
	private static final Pattern CALL = Pattern.compile("(\\d+) +([a-z]\\w*)\\(.*");

	static Trace read(Path file) throws IOException {
		return of(Files.readAllLines(file));
	}

	static Trace of(List<String> lines) {
		int begin = mark(lines, SystemCallsWorker.BEGIN);
		int end = mark(lines, SystemCallsWorker.END);
		String thread = lines.get(begin).substring(0, lines.get(begin).indexOf(' '));
		Trace trace = new Trace(new TreeMap<>(), new TreeMap<>());
		for (String line : lines.subList(begin + 1, end)) {
			Matcher call = CALL.matcher(line);
			if (call.matches()) {
				(call.group(1).equals(thread) ? trace.caller : trace.others).merge(call.group(2), 1, Integer::sum);
			}
		}
		return trace;
	}

	private static int mark(List<String> lines, String name) {
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).contains(name)) {
				return i;
			}
		}
		throw new IllegalArgumentException("The trace does not contain " + name);
	}

}
