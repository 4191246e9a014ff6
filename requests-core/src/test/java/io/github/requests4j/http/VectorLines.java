package io.github.requests4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The lines of a file of vectors, each {@code label -> result} or {@code label !! error}.
 */
final class VectorLines {

	/**
	 * One line.
	 *
	 * @param label the label without addresses of Python objects; of equal labels the
	 * second ends in {@code #2}
	 * @param result what was observed
	 */
	record Line(String label, String result) {

		@Override
		public String toString() {
			return this.label;
		}

	}

	private VectorLines() {
	}

	static List<Line> read(String file) {
		Map<String, Integer> seen = new HashMap<>();
		List<Line> lines = new ArrayList<>();
		for (String line : text(file).split("\n")) {
			int arrow = Math.max(line.indexOf("-> "), line.indexOf("!! "));
			if (arrow > 0 && !line.startsWith("#")) {
				String label = line.substring(0, arrow).strip().replaceAll(" at 0x[0-9a-f]+", "");
				int count = seen.merge(label, 1, Integer::sum);
				lines.add(new Line((count > 1) ? label + "#" + count : label, line.substring(arrow + 3)));
			}
			else if (line.startsWith("== ")) {
				lines.add(new Line(line, ""));
			}
		}
		return lines;
	}

	/** The lines between a heading and the next one. */
	static List<Line> section(String file, String heading) {
		List<Line> lines = read(file);
		int start = lines.indexOf(new Line("== " + heading, ""));
		int end = start + 1;
		while (end < lines.size() && !lines.get(end).label().startsWith("== ")) {
			end++;
		}
		return lines.subList(start + 1, end);
	}

	private static String text(String file) {
		try (InputStream stream = VectorLines.class.getResourceAsStream("/vectors/" + file)) {
			return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
