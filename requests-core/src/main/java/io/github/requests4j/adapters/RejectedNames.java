package io.github.requests4j.adapters;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hosts whose servers end a handshake over their name. Servers on JSSE do so for
 * names with an underscore, while others need them to choose the right host. Safe for
 * many threads.
 */
final class RejectedNames {

	// Names may come from anywhere; what is forgotten costs one more handshake.
	private static final int MOST = 256;

	private final Set<String> hosts = ConcurrentHashMap.newKeySet();

	boolean contains(String host, int port) {
		return !this.hosts.isEmpty() && this.hosts.contains(host + ":" + port);
	}

	void add(String host, int port) {
		if (this.hosts.size() >= MOST) {
			this.hosts.clear();
		}
		this.hosts.add(host + ":" + port);
	}

}
