package io.github.requests4j.benchmarks.compare;

/**
 * What is sent and comes back in the workload with JSON bodies: about 1 KiB.
 */
record Order(long id, String item, int quantity, String note) {

	static Order sample() {
		return new Order(42, "tea", 2, "n".repeat(970));
	}

}
