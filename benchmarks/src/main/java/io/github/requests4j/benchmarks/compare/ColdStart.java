package io.github.requests4j.benchmarks.compare;

/**
 * A new virtual machine: makes a client, and says when it has its first response and its
 * second. How long that took, only the process that started this one can tell.
 */
final class ColdStart {

	private ColdStart() {
	}

	/**
	 * Does it.
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
