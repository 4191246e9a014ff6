package io.github.requests4j.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The virtual machine of a child process.
 *
 * @param home the JDK
 * @param options additional options
 * @param classPath selects entries of this process's class path
 */
record Machine(Path home, List<String> options, Predicate<String> classPath) {

	/** Returns a machine with the Java version and class path of this process. */
	static Machine current() {
		return new Machine(Path.of(System.getProperty("java.home")), List.of(), (entry) -> true);
	}

	Machine withHome(Path jdk) {
		return new Machine(jdk, this.options, this.classPath);
	}

	Machine withOptions(String... more) {
		return new Machine(this.home, List.of(more), this.classPath);
	}

	Machine withClassPath(Predicate<String> selected) {
		return new Machine(this.home, this.options, selected);
	}

	List<String> command(Class<?> main) throws IOException {
		String entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(this.classPath)
			.collect(Collectors.joining(File.pathSeparator));
		if (NewerSources.isPossible()) {
			entries += File.pathSeparator + NewerSources.classes();
		}
		List<String> command = new ArrayList<>(List.of(this.home.resolve("bin").resolve("java").toString(), "-Xms256m",
				"-Xmx512m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
		command.addAll(this.options);
		command.addAll(List.of("-cp", entries, main.getName()));
		return command;
	}

}
