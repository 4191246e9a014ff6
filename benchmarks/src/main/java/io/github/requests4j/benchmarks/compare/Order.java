package io.github.requests4j.benchmarks.compare;

/**
 * The request and response body of the workload with JSON, which has about 1 KiB.
 */
record Order(long id, String item, int quantity, String note) {

	static Order sample() {
		return new Order(42, "tea", 2, "n".repeat(970));
	}

}
