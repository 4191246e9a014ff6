package io.github.requests4j.benchmarks.compare;

import io.github.requests4j.Session;

/**
 * The shortest program with this library: one GET by a session with nothing configured.
 */
final class FirstGet {

	private FirstGet() {
	}

	/**
	 * Does it.
	 * @param args the URL
	 */
	public static void main(String[] args) {
		Session session = Session.builder().build();
		Output.line(session.get(args[0]).content().length);
		// Classes that are loaded to end the virtual machine are not counted.
		Runtime.getRuntime().halt(0);
	}

}
