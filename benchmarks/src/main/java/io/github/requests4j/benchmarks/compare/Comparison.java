package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares the candidates. In each round, they make the same calls one after the other in
 * changing order, so that other activity of the machine affects all of them equally.
 */
final class Comparison {

	/**
	 * The time of the start and the warm-up of a client on two processors, in seconds.
	 */
	private static final int USUAL_WARM_UP = 20;

	/** The time of a round of one client on two processors. */
	private static final double USUAL_ROUND = 0.7;

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private final int rounds;

	private final int percent;

	private final int warmUp;

	private final Set<Candidate> candidates;

	private Comparison(Arguments arguments) {
		this.rounds = arguments.number("rounds", 9);
		this.percent = arguments.number("percent", 100);
		this.warmUp = arguments.number("warm-up", 60);
		this.candidates = arguments.constants("candidates", Candidate.class, EnumSet.allOf(Candidate.class));
		// Required for the ratios
		this.candidates.add(Candidate.FLOOR);
	}

	/**
	 * Compares and writes the report.
	 * @param args the folder for the report, and options: {@code rounds}, 9 by default;
	 * {@code percent} of the usual number of calls in a round, 100 by default;
	 * {@code warm-up}, the maximum warm-up of a client in seconds, 60 by default;
	 * {@code workloads} and {@code candidates}, separated by commas, by default all that
	 * this Java version supports
	 */
	public static void main(String[] args) throws IOException {
		Arguments arguments = Arguments.parse(args, "rounds", "percent", "warm-up", "workloads", "candidates");
		Comparison comparison = new Comparison(arguments);
		Set<Workload> workloads = arguments.constants("workloads", Workload.class, Workload.possible());
		Output.line(comparison.plan(workloads));
		Report report = new Report();
		try (ServerProcess server = ServerProcess.start()) {
			for (Workload workload : workloads) {
				comparison.run(workload, server, report);
			}
		}
		report.write(arguments.folder());
	}

	private Set<Candidate> candidates(Workload workload) {
		Set<Candidate> wanted = EnumSet.copyOf(workload.candidates());
		wanted.retainAll(this.candidates);
		return wanted;
	}

	private String plan(Set<Workload> workloads) {
		int pairs = workloads.stream().mapToInt((workload) -> candidates(workload).size()).sum();
		double seconds = pairs * ((double) Math.min(USUAL_WARM_UP, this.warmUp + 2) / PROCESSORS
				+ (this.rounds + 1) * USUAL_ROUND * this.percent / 100);
		return String.format(Locale.ROOT, "%d workloads with %d clients in all, %d rounds: about %.0f minutes%n",
				workloads.size(), pairs, this.rounds, Math.ceil(seconds / 60));
	}

	private void run(Workload workload, ServerProcess server, Report report) throws IOException {
		Map<Candidate, ChildProcess> workers = new EnumMap<>(Candidate.class);
		try {
			for (Candidate candidate : candidates(workload)) {
				workers.put(candidate, ChildProcess.start(Worker.class, candidate.name(), workload.name(),
						server.base(workload.isSecure()), server.certificate()));
			}
			Map<Candidate, WarmUp> warmUps = warmUp(workload, workers);
			// Lets the last compilations happen while all clients exist
			round(workload, workers);
			Map<Candidate, List<Sample>> samples = new EnumMap<>(Candidate.class);
			for (int i = 0; i < this.rounds; i++) {
				round(workload, workers).forEach((candidate,
						sample) -> samples.computeIfAbsent(candidate, (key) -> new ArrayList<>()).add(sample));
			}
			report.add(workload, samples, warmUps);
		}
		finally {
			for (ChildProcess worker : workers.values()) {
				worker.close();
			}
		}
	}

	/**
	 * Warms up as many clients at the same time as there are processors, because nothing
	 * is measured yet.
	 */
	private Map<Candidate, WarmUp> warmUp(Workload workload, Map<Candidate, ChildProcess> workers) throws IOException {
		ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS);
		try {
			Map<Candidate, Future<WarmUp>> running = new EnumMap<>(Candidate.class);
			workers.forEach((candidate, worker) -> running.put(candidate,
					threads.submit(() -> WarmUp.parse(worker.ask(calls(workload) + " warm " + this.warmUp)))));
			Map<Candidate, WarmUp> done = new EnumMap<>(Candidate.class);
			for (Map.Entry<Candidate, Future<WarmUp>> entry : running.entrySet()) {
				done.put(entry.getKey(), entry.getValue().get());
			}
			return done;
		}
		catch (ExecutionException ex) {
			throw new IOException("A client failed while it warmed up", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
		finally {
			threads.shutdownNow();
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
			samples.put(worker.getKey(), Sample.parse(worker.getValue().ask(Integer.toString(calls(workload)))));
		}
		return samples;
	}

}
