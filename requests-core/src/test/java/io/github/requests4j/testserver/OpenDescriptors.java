package io.github.requests4j.testserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The descriptors that this process has open, by their names on Linux, so that a leak is
 * reported by name. On other systems the list is empty.
 */
public final class OpenDescriptors {

	private static final Path FOLDER = Path.of("/proc/self/fd");

	private OpenDescriptors() {
	}

	/**
	 * Sockets, pipes and files, such as {@code socket:[4711]}. Jars and devices are left
	 * out: the virtual machine opens them when it loads a class, and keeps them.
	 */
	public static Set<String> all() throws IOException {
		if (!Files.isDirectory(FOLDER)) {
			return Set.of();
		}
		try (Stream<Path> entries = Files.list(FOLDER)) {
			Set<String> names = new HashSet<>();
			for (Path entry : (Iterable<Path>) entries::iterator) {
				String name = target(entry);
				if (name != null && !isOfTheMachine(name)) {
					names.add(name);
				}
			}
			return names;
		}
	}

	/** How many of them are sockets. */
	public static long sockets() throws IOException {
		return all().stream().filter((name) -> name.startsWith("socket:")).count();
	}

	private static @Nullable String target(Path entry) {
		try {
			return Files.readSymbolicLink(entry).toString();
		}
		catch (IOException ex) {
			// It was closed meanwhile.
			return null;
		}
	}

	private static boolean isOfTheMachine(String name) {
		return name.endsWith(".jar") || name.endsWith(".so") || name.startsWith("/dev/") || name.startsWith("/proc/");
	}

}
