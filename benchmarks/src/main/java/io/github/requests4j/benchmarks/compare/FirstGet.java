package io.github.requests4j.benchmarks.compare;

import io.github.requests4j.Session;

/**
 * The shortest program with this library, which makes one GET with a session without
 * configuration.
 */
final class FirstGet {

	private FirstGet() {
	}

	/**
	 * Runs the program.
	 * @param args the URL
	 */
	public static void main(String[] args) {
		Session session = Session.builder().build();
		Output.line(session.get(args[0]).content().length);
		// Does not count classes that are loaded when the virtual machine exits
		Runtime.getRuntime().halt(0);
	}

}
