package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Writes every round as CSV, the medians as Markdown, and a chart.
 */
final class Report {

	private final Map<Workload, Map<Candidate, List<Sample>>> workloads = new EnumMap<>(Workload.class);

	private final Map<Workload, Map<Candidate, WarmUp>> warmUps = new EnumMap<>(Workload.class);

	void add(Workload workload, Map<Candidate, List<Sample>> samples, Map<Candidate, WarmUp> warmed) {
		this.workloads.put(workload, samples);
		this.warmUps.put(workload, warmed);
		Output.line(table(workload, samples));
	}

	void write(Path folder) throws IOException {
		StringBuilder csv = new StringBuilder("workload,candidate,round,wall_us,cpu_us,bytes,compiler_us\n");
		StringBuilder tables = new StringBuilder(machine());
		this.workloads.forEach((workload, samples) -> {
			samples.forEach((candidate, rounds) -> {
				for (int i = 0; i < rounds.size(); i++) {
					Sample sample = rounds.get(i);
					csv.append(String.format(Locale.ROOT, "%s,%s,%d,%.2f,%.2f,%.0f,%.3f%n", workload, candidate, i + 1,
							sample.wall(), sample.cpu(), sample.bytes(), sample.compiler()));
				}
			});
			tables.append(table(workload, samples));
		});
		tables.append(warmUps());
		Files.writeString(folder.resolve("comparison.csv"), csv);
		Files.writeString(folder.resolve("comparison.md"), tables);
		Map<Candidate, List<Sample>> first = this.workloads.values().iterator().next();
		Files.writeString(folder.resolve("comparison.svg"), Chart.of(ratios(first, Sample::cpu)));
	}

	private static String machine() throws IOException {
		return "# Comparison\n\n" + LocalDate.now() + ", Java " + System.getProperty("java.runtime.version") + ", "
				+ System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
				+ System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors: "
				+ processor() + ". Medians, with quartiles in brackets.\n\n";
	}

	private static String processor() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("of unknown make");
		}
	}

	private static String table(Workload workload, Map<Candidate, List<Sample>> samples) {
		Map<Candidate, Spread> wall = ratios(samples, Sample::wall);
		Map<Candidate, Spread> cpu = ratios(samples, Sample::cpu);
		StringBuilder table = new StringBuilder("### " + workload.title() + "\n\n"
				+ "| client | wall µs | CPU µs | bytes allocated | wall, ratio to the floor | CPU, ratio to the floor |\n"
				+ "|---|---|---|---|---|---|\n");
		samples.forEach((candidate, rounds) -> table.append("| ")
			.append(candidate.title())
			.append(" | ")
			.append(spread(rounds, Sample::wall).text(1))
			.append(" | ")
			.append(spread(rounds, Sample::cpu).text(1))
			.append(" | ")
			.append(String.format(Locale.ROOT, "%,.0f", spread(rounds, Sample::bytes).median()))
			.append(" | ")
			.append(of(wall, candidate).text(2))
			.append(" | ")
			.append(of(cpu, candidate).text(2))
			.append(" |\n"));
		return table.append('\n').toString();
	}

	private String warmUps() {
		StringBuilder table = new StringBuilder("### Warm-up\n\n"
				+ "How long each client worked until the just-in-time compiler was quiet, which means that its threads "
				+ "used less than 2% of the process's CPU time in each of three seconds in a row, and then the compiler's share of "
				+ "the client's CPU time in the measured rounds.\n\n| client |");
		this.workloads.keySet()
			.forEach((workload) -> table.append(' ').append(workload.name().toLowerCase(Locale.ROOT)).append(" |"));
		table.append("\n|---|").append("---|".repeat(this.workloads.size())).append('\n');
		for (Candidate candidate : Candidate.values()) {
			if (this.warmUps.values().stream().anyMatch((warmed) -> warmed.containsKey(candidate))) {
				table.append("| ").append(candidate.title()).append(" |");
				this.workloads.keySet()
					.forEach((workload) -> table.append(' ').append(warmUp(workload, candidate)).append(" |"));
				table.append('\n');
			}
		}
		return table.append('\n').toString();
	}

	private String warmUp(Workload workload, Candidate candidate) {
		WarmUp warmUp = this.warmUps.getOrDefault(workload, Map.of()).get(candidate);
		List<Sample> rounds = this.workloads.getOrDefault(workload, Map.of()).getOrDefault(candidate, List.of());
		double cpu = rounds.stream().mapToDouble(Sample::cpu).sum();
		return (warmUp != null) ? warmUp.text(rounds.stream().mapToDouble(Sample::compiler).sum() / cpu) : "";
	}

	private static Spread of(Map<Candidate, Spread> spreads, Candidate candidate) {
		return spreads.getOrDefault(candidate, new Spread(0, 0, 0));
	}

	private static Spread spread(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
		return Spread.of(rounds.stream().mapToDouble(figure).toArray());
	}

	/** Returns each round divided by the floor of the same round. */
	private static Map<Candidate, Spread> ratios(Map<Candidate, List<Sample>> samples,
			ToDoubleFunction<Sample> figure) {
		List<Sample> floor = samples.getOrDefault(Candidate.FLOOR, List.of());
		Map<Candidate, Spread> ratios = new EnumMap<>(Candidate.class);
		samples.forEach((candidate, rounds) -> {
			double[] values = new double[rounds.size()];
			for (int i = 0; i < values.length; i++) {
				values[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(floor.get(i));
			}
			ratios.put(candidate, Spread.of(values));
		});
		return ratios;
	}

}
