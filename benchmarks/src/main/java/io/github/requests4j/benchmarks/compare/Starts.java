package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the times from the start of a virtual machine to the first and the second
 * response, and to a started application context. The candidates take turns.
 */
final class Starts {

	private static final Set<Candidate> VARIANTS = EnumSet.of(Candidate.RESILIENT, Candidate.LOGGED, Candidate.FIELDS,
			Candidate.OBSERVED, Candidate.PHASES);

	private static final Set<Candidate> COLD = EnumSet
		.copyOf(Workload.GET.candidates().stream().filter((it) -> !VARIANTS.contains(it)).toList());

	private final Map<String, List<Double>> millis = new LinkedHashMap<>();

	private final StringBuilder classes = new StringBuilder("""

			## Classes

			Loaded by a new virtual machine with its first GET over plain http (first row, on the class path of
			`requests-core` alone), and with two GETs on the class path of the benchmarks.

			| program | this project's | other libraries' | generated | JDK's | all |
			|---|--:|--:|--:|--:|--:|
			""");

	private Starts() {
	}

	/**
	 * Compares and writes the report.
	 * @param args the folder for the report, and options: {@code cold}, the number of
	 * virtual machines of each kind for the first response, 9 by default;
	 * {@code context}, the number for the context, 20 by default
	 */
	public static void main(String[] args) throws IOException {
		Arguments arguments = Arguments.parse(args, "cold", "context");
		int cold = arguments.number("cold", 9);
		int context = arguments.number("context", 20);
		Starts starts = new Starts();
		try (ServerProcess server = ServerProcess.start()) {
			for (int i = 0; i < cold; i++) {
				starts.coldRound(server.base(false));
			}
			starts.classes(server.base(false));
		}
		for (int i = 0; i < context; i++) {
			starts.contextRound();
		}
		starts.write(arguments.folder());
	}

	private void coldRound(String base) throws IOException {
		List<Candidate> order = new ArrayList<>(COLD);
		Collections.shuffle(order);
		for (Candidate candidate : order) {
			long begin = System.nanoTime();
			try (ChildProcess process = ChildProcess.start(ColdStart.class, candidate.name(), base)) {
				process.read();
				note("first response: " + candidate.title(), (System.nanoTime() - begin) / 1_000_000.0);
				process.read();
				note("second response: " + candidate.title(), (System.nanoTime() - begin) / 1_000_000.0);
			}
		}
	}

	/** Counts with one virtual machine of each kind, because the number does not vary. */
	private void classes(String base) throws IOException {
		this.classes.append(LoadedClasses.ofFirstGet(base).row("`Session.builder().build().get(url)`, core alone"));
		for (Candidate candidate : COLD) {
			this.classes.append(LoadedClasses.of(candidate, base).row(candidate.title()));
		}
	}

	private void contextRound() throws IOException {
		List<String> order = new ArrayList<>(List.of("requests4j", "RestClient"));
		Collections.shuffle(order);
		for (String kind : order) {
			Predicate<String> own = (entry) -> !entry
				.contains(kind.equals("requests4j") ? "spring-boot-restclient" : "requests-spring-boot");
			context(kind, "with Resilience4j", own);
			context(kind, "without Resilience4j", own.and((entry) -> !entry.contains("resilience4j")));
		}
	}

	private void context(String kind, String libraries, Predicate<String> classPath) throws IOException {
		try (ChildProcess process = ChildProcess.start(Machine.current().withClassPath(classPath), ContextStart.class,
				kind)) {
			note("context, " + libraries + ": " + kind, Double.parseDouble(process.read()));
		}
	}

	private void note(String what, double value) {
		this.millis.computeIfAbsent(what, (key) -> new ArrayList<>()).add(value);
	}

	private void write(Path folder) throws IOException {
		StringBuilder csv = new StringBuilder("what,round,ms\n");
		StringBuilder table = new StringBuilder(
				"# Starts\n\nMedians, with quartiles in brackets.\n\n| start | ms |\n|---|---|\n");
		this.millis.keySet().stream().sorted().forEach((what) -> {
			List<Double> rounds = this.millis.getOrDefault(what, List.of());
			for (int i = 0; i < rounds.size(); i++) {
				csv.append(String.format(Locale.ROOT, "\"%s\",%d,%.1f%n", what, i + 1, rounds.get(i)));
			}
			Spread spread = Spread.of(rounds.stream().mapToDouble(Double::doubleValue).toArray());
			table.append("| ").append(what).append(" | ").append(spread.text(0)).append(" |\n");
		});
		table.append(this.classes);
		Files.writeString(folder.resolve("starts.csv"), csv);
		Files.writeString(folder.resolve("starts.md"), table);
		Output.line(table);
	}

}
