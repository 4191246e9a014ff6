package io.github.requests4j.benchmarks.compare;

/**
 * The program of a new virtual machine, which creates a client and reports its first and
 * its second response. The parent process measures the times.
 */
final class ColdStart {

	private ColdStart() {
	}

	/**
	 * Runs the program.
	 * @param args the candidate and the server's base URL
	 */
	public static void main(String[] args) throws Exception {
		try (Client client = Candidate.valueOf(args[0]).open(new Setup(args[1], null, 1, false))) {
			for (int call = 1; call <= 2; call++) {
				Output.line(client.get(args[1] + Workload.GET.path()));
			}
		}
	}

}
