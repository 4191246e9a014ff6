package io.github.requests4j.internal.wire;

/**
 * Starts threads that wait for the network on behalf of a call. They inherit nothing from
 * the caller and do not prevent the virtual machine from exiting.
 */
final class Daemon {

	private Daemon() {
	}

	static void start(String task, Runnable action) {
		Thread thread = new Thread(null, action, "requests4j-" + task, 0, false);
		thread.setDaemon(true);
		thread.start();
	}

}
