package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The classes that a virtual machine has loaded.
 *
 * @param own the classes of this project without the benchmarks
 * @param library the classes of other libraries
 * @param generated the classes that were generated at run time, such as lambdas and
 * proxies
 * @param jdk the classes of the JDK
 */
record LoadedClasses(int own, int library, int generated, int jdk) {

	private static final String OWN = "io.github.requests4j.";

	private static final String BENCHMARKS = OWN + "benchmarks.";

	/** The class path of an application that only depends on the core. */
	private static final Pattern CORE = Pattern.compile("(requests-core|httpc|jackson-|slf4j-api|icu4j|bc|jspecify).*");

	/** Counts the classes of a new virtual machine that makes one GET. */
	static LoadedClasses ofFirstGet(String base) throws IOException {
		Predicate<String> core = (entry) -> !entry.endsWith(".jar")
				|| CORE.matcher(Path.of(entry).getFileName().toString()).matches();
		return of(Machine.current().withClassPath(core), FirstGet.class, base + Workload.GET.path());
	}

	/** Counts the classes of a new virtual machine that makes two GETs. */
	static LoadedClasses of(Candidate candidate, String base) throws IOException {
		return of(Machine.current(), ColdStart.class, candidate.name(), base);
	}

	private static LoadedClasses of(Machine machine, Class<?> main, String... args) throws IOException {
		Path log = Files.createTempFile("classes", ".log");
		try (ChildProcess process = ChildProcess
			.start(machine.withOptions("-Xlog:class+load:file=" + log + "::filecount=0"), main, args)) {
			process.await();
			return parse(Files.readAllLines(log));
		}
		finally {
			Files.delete(log);
		}
	}

	/**
	 * Parses a line, which ends with the name of the class, {@code source:}, and its
	 * source.
	 */
	static LoadedClasses parse(List<String> log) {
		int own = 0;
		int library = 0;
		int generated = 0;
		int jdk = 0;
		for (String line : log) {
			int at = line.indexOf(" source: ");
			if (at < 0) {
				continue;
			}
			String name = line.substring(line.lastIndexOf(' ', at - 1) + 1, at);
			String source = line.substring(at + 9);
			if (source.startsWith("jrt:") || source.startsWith("shared objects file")) {
				jdk++;
			}
			else if (!source.startsWith("file:")) {
				generated++;
			}
			else if (!name.startsWith(OWN)) {
				library++;
			}
			else if (!name.startsWith(BENCHMARKS)) {
				own++;
			}
		}
		return new LoadedClasses(own, library, generated, jdk);
	}

	/** Returns a row of a table. */
	String row(String title) {
		return String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %d |%n", title, this.own, this.library,
				this.generated, this.jdk, this.own + this.library + this.generated + this.jdk);
	}

}
