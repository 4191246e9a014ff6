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

import org.jspecify.annotations.Nullable;

/**
 * Compares the candidates: in each round each of them does the same calls, one after the
 * other in changing order, so that whatever else the machine does hits all of them alike.
 */
final class Comparison {

	private final int rounds;

	private final int percent;

	private Comparison(int rounds, int percent) {
		this.rounds = rounds;
		this.percent = percent;
	}

	/**
	 * Compares and writes the report.
	 * @param args the folder for the report; the number of rounds, 15 if left out; how
	 * much of the usual number of calls a round has, in percent, 100 if left out; the
	 * workloads, all if left out
	 */
	public static void main(String[] args) throws IOException {
		Path folder = Files.createDirectories(Path.of((args.length > 0) ? args[0] : "target/comparison"));
		Comparison comparison = new Comparison((args.length > 1) ? Integer.parseInt(args[1]) : 15,
				(args.length > 2) ? Integer.parseInt(args[2]) : 100);
		List<Workload> workloads = (args.length > 3) ? Arrays.stream(args).skip(3).map(Workload::of).toList()
				: List.of(Workload.values());
		Path certificate = Files.createTempFile("benchmark", ".pem");
		try (ChildProcess server = ChildProcess.start(BenchmarkServer.class, certificate.toString())) {
			String[] ports = server.read().split(" ");
			Report report = new Report();
			for (Workload workload : workloads) {
				String base = workload.isSecure() ? "https://127.0.0.1:" + ports[1] : "http://127.0.0.1:" + ports[0];
				report.add(workload, comparison.run(workload, base, certificate));
			}
			report.write(folder);
		}
		finally {
			Files.delete(certificate);
		}
	}

	private Map<Candidate, List<Sample>> run(Workload workload, String base, Path certificate) throws IOException {
		Map<Candidate, ChildProcess> workers = new EnumMap<>(Candidate.class);
		Map<Candidate, List<Sample>> samples = new EnumMap<>(Candidate.class);
		try {
			for (Candidate candidate : Candidate.values()) {
				workers.put(candidate, ChildProcess.start(Worker.class, candidate.name(), workload.name(), base,
						certificate.toString()));
				samples.put(candidate, new ArrayList<>());
			}
			round(workload, workers, null);
			round(workload, workers, null);
			for (int i = 0; i < this.rounds; i++) {
				round(workload, workers, samples);
			}
			return samples;
		}
		finally {
			for (ChildProcess worker : workers.values()) {
				worker.close();
			}
		}
	}

	private void round(Workload workload, Map<Candidate, ChildProcess> workers,
			@Nullable Map<Candidate, List<Sample>> samples) throws IOException {
		List<Candidate> order = new ArrayList<>(workers.keySet());
		Collections.shuffle(order);
		int calls = Math.max(workload.threads(), workload.calls() * this.percent / 100);
		for (Candidate candidate : order) {
			ChildProcess worker = workers.get(candidate);
			if (worker != null) {
				Sample sample = Sample.parse(worker.ask(Integer.toString(calls)));
				if (samples != null) {
					samples.computeIfAbsent(candidate, (key) -> new ArrayList<>()).add(sample);
				}
			}
		}
	}

}
