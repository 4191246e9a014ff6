package io.github.requests4j.internal.tls;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;

/**
 * How to speak TLS with a peer. Safe for many threads.
 *
 * @param context trust and key material
 * @param verifying whether certificate and host name are checked
 * @param protocols the protocols to allow; empty for the defaults
 * @param ciphers the cipher suites to allow; empty for the defaults
 * @param rejectedNames the hosts and ports whose servers ended a handshake over their
 * name. Servers on JSSE do so for names with an underscore, while others need them to
 * choose the right host
 */
record TlsSetup(SSLContext context, boolean verifying, List<String> protocols, List<String> ciphers,
		Set<String> rejectedNames) {

	// Names may come from anywhere; what is forgotten costs one more handshake.
	private static final int MOST = 256;

	static TlsSetup of(SSLContext context, boolean verifying, List<String> protocols, List<String> ciphers) {
		return new TlsSetup(context, verifying, protocols, ciphers, ConcurrentHashMap.newKeySet());
	}

	/** Whether a server must not be asked for by name. */
	boolean hasRejected(String host, int port) {
		return !this.rejectedNames.isEmpty() && this.rejectedNames.contains(host + ":" + port);
	}

	void addRejected(String host, int port) {
		if (this.rejectedNames.size() >= MOST) {
			this.rejectedNames.clear();
		}
		this.rejectedNames.add(host + ":" + port);
	}

}
