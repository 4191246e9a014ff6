package io.github.requests4j.internal.wire;

/**
 * Starts threads that wait for the network on behalf of a call. They inherit nothing from
 * the caller and do not prevent the virtual machine from exiting.
 */
public final class Daemon {

	private Daemon() {
	}

	/**
	 * Starts a thread.
	 * @param task the last part of its name
	 * @param action what it does
	 */
	public static void start(String task, Runnable action) {
		Thread thread = new Thread(null, action, "requests4j-" + task, 0, false);
		thread.setDaemon(true);
		thread.start();
	}

}
