package io.github.requests4j.benchmarks.compare;

/**
 * What one round of one candidate took, for each call.
 *
 * @param wall microseconds that passed
 * @param cpu microseconds that the client's process spent computing
 * @param bytes bytes that its threads allocated
 * @param compiler microseconds of the CPU time that the just-in-time compiler spent
 */
record Sample(double wall, double cpu, double bytes, double compiler) {

	static Sample parse(String line) {
		String[] parts = line.split(" ");
		return new Sample(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
				Double.parseDouble(parts[3]));
	}

	@Override
	public String toString() {
		return this.wall + " " + this.cpu + " " + this.bytes + " " + this.compiler;
	}

}
