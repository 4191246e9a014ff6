package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the candidates: in each round each of them does the same calls, one after the
 * other in changing order, so that whatever else the machine does hits all of them alike.
 */
final class Comparison {

	private static final int WARM_UP_MILLIS = 8_000;

	private final int rounds;

	private final int percent;

	private Comparison(int rounds, int percent) {
		this.rounds = rounds;
		this.percent = percent;
	}

	/**
	 * Compares and writes the report.
	 * @param args the folder for the report; the number of rounds, 15 if left out; how
	 * much of the usual number of calls a round has, in percent, 100 if left out (less
	 * than 100 warms up for a moment only); the workloads, all that this Java can do if
	 * left out
	 */
	public static void main(String[] args) throws IOException {
		Path folder = Files.createDirectories(Path.of((args.length > 0) ? args[0] : "target/comparison"));
		Comparison comparison = new Comparison((args.length > 1) ? Integer.parseInt(args[1]) : 15,
				(args.length > 2) ? Integer.parseInt(args[2]) : 100);
		try (ServerProcess server = ServerProcess.start()) {
			Report report = new Report();
			for (Workload workload : Workload.of(Arrays.stream(args).skip(3).toList())) {
				report.add(workload, comparison.run(workload, server));
			}
			report.write(folder);
		}
	}

	private Map<Candidate, List<Sample>> run(Workload workload, ServerProcess server) throws IOException {
		Map<Candidate, ChildProcess> workers = new EnumMap<>(Candidate.class);
		Map<Candidate, List<Sample>> samples = new EnumMap<>(Candidate.class);
		try {
			for (Candidate candidate : workload.candidates()) {
				ChildProcess worker = ChildProcess.start(Worker.class, candidate.name(), workload.name(),
						server.base(workload.isSecure()), server.certificate());
				workers.put(candidate, worker);
				worker.ask(calls(workload) + " " + ((this.percent < 100) ? 0 : WARM_UP_MILLIS));
			}
			// The last compilations, while all are there.
			round(workload, workers);
			for (int i = 0; i < this.rounds; i++) {
				round(workload, workers).forEach((candidate,
						sample) -> samples.computeIfAbsent(candidate, (key) -> new ArrayList<>()).add(sample));
			}
			return samples;
		}
		finally {
			for (ChildProcess worker : workers.values()) {
				worker.close();
			}
		}
	}

	private int calls(Workload workload) {
		return Math.max(workload.threads(), workload.calls() * this.percent / 100);
	}

	private Map<Candidate, Sample> round(Workload workload, Map<Candidate, ChildProcess> workers) throws IOException {
		List<Map.Entry<Candidate, ChildProcess>> order = new ArrayList<>(workers.entrySet());
		Collections.shuffle(order);
		Map<Candidate, Sample> samples = new EnumMap<>(Candidate.class);
		for (Map.Entry<Candidate, ChildProcess> worker : order) {
			samples.put(worker.getKey(), Sample.parse(worker.getValue().ask(calls(workload) + " 0")));
		}
		return samples;
	}

}
