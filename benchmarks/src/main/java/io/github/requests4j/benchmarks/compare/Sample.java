package io.github.requests4j.benchmarks.compare;

/**
 * The costs of each call in one round of one candidate.
 *
 * @param wall the elapsed microseconds
 * @param cpu the microseconds of CPU time of the client's process
 * @param bytes the bytes that its threads allocated
 * @param compiler the microseconds of CPU time of the just-in-time compiler
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
