package io.github.requests4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process whose system calls are counted. Each line of its input is a number of
 * calls. It makes them between two look-ups of files that do not exist, whose names mark
 * the calls and their thread in the trace.
 */
final class SystemCallsWorker {

	static final String BEGIN = "/counting-begins-here";

	static final String END = "/counting-ends-here";

	private SystemCallsWorker() {
	}

	/**
	 * Makes the calls.
	 * @param args candidate and the server's base URL
	 */
	public static void main(String[] args) throws Exception {
		String url = args[1] + Workload.GET.path();
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		try (Client client = Candidate.valueOf(args[0]).open(new Setup(args[1], null, 1, false))) {
			for (String line = orders.readLine(); line != null; line = orders.readLine()) {
				int calls = Integer.parseInt(line);
				Files.exists(Path.of(BEGIN));
				for (int i = 0; i < calls; i++) {
					client.get(url);
				}
				Files.exists(Path.of(END));
				Output.line(line);
			}
		}
	}

}
