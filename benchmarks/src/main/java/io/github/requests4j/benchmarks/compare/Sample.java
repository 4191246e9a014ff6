package io.github.requests4j.benchmarks.compare;

/**
 * What one round of one candidate took, for each call.
 *
 * @param wall microseconds that passed
 * @param cpu microseconds that the client's process spent computing
 * @param bytes bytes that its threads allocated
 */
record Sample(double wall, double cpu, double bytes) {

	static Sample parse(String line) {
		String[] parts = line.split(" ");
		return new Sample(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
	}

	@Override
	public String toString() {
		return this.wall + " " + this.cpu + " " + this.bytes;
	}

}
