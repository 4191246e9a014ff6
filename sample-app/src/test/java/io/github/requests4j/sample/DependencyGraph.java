package io.github.requests4j.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dependencies of this module as Maven resolved them, each by its group and artifact.
 */
final class DependencyGraph {

	private final Map<String, Set<String>> edges = new HashMap<>();

	private final Map<String, String> files = new HashMap<>();

	/**
	 * Reads nodes, a line with {@code #}, and edges, each with the numbers of its nodes.
	 */
	private DependencyGraph(List<String> lines) {
		Map<String, String> names = new HashMap<>();
		int end = lines.indexOf("#");
		for (String line : lines.subList(0, end)) {
			String[] node = line.substring(line.indexOf(' ') + 1).replace("(", "").split("[: ]");
			String name = node[0] + ":" + node[1];
			names.put(line.substring(0, line.indexOf(' ')), name);
			this.files.putIfAbsent(name, node[1] + "-" + node[3] + ".jar");
		}
		for (String line : lines.subList(end + 1, lines.size())) {
			String[] edge = line.split(" ");
			this.edges.computeIfAbsent(names.get(edge[0]), (name) -> new HashSet<>()).add(names.get(edge[1]));
		}
	}

	static DependencyGraph read() {
		try {
			return new DependencyGraph(Files.readAllLines(folder().resolve("dependencies.tgf")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the folder in which this module is built. */
	static Path folder() {
		try {
			return Path.of(DependencyGraph.class.getProtectionDomain().getCodeSource().getLocation().toURI())
				.getParent();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the dependencies, including transitive ones. */
	Set<String> reachable(Collection<String> roots) {
		Set<String> reached = new LinkedHashSet<>();
		Deque<String> open = new ArrayDeque<>(roots);
		while (!open.isEmpty()) {
			String name = open.remove();
			if (reached.add(name)) {
				open.addAll(this.edges.getOrDefault(name, Set.of()));
			}
		}
		return reached;
	}

	/** Returns the name of the jar. */
	String file(String name) {
		String file = this.files.get(name);
		if (file == null) {
			throw new IllegalArgumentException(name + " is not a dependency of this module");
		}
		return file;
	}

}
