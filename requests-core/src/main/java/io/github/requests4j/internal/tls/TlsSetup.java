package io.github.requests4j.internal.tls;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;

/**
 * The TLS settings for a peer. Thread-safe.
 *
 * @param context trust and key material
 * @param verifying whether the certificate and the host name are verified
 * @param protocols the protocols to allow; empty for the defaults
 * @param ciphers the cipher suites to allow; empty for the defaults
 * @param rejectedNames the hosts and ports whose servers rejected a handshake with a
 * server name. Servers that use JSSE do so for names with an underscore, while other
 * servers need the name to select the right host
 */
record TlsSetup(SSLContext context, boolean verifying, List<String> protocols, List<String> ciphers,
		Set<String> rejectedNames) {

	// URLs may come from users, so the set is limited. A removed name costs one
	// handshake.
	private static final int MAX_REJECTED_NAMES = 256;

	static TlsSetup of(SSLContext context, boolean verifying, List<String> protocols, List<String> ciphers) {
		return new TlsSetup(context, verifying, protocols, ciphers, ConcurrentHashMap.newKeySet());
	}

	/** Returns whether handshakes with a server must not send its name. */
	boolean hasRejected(String host, int port) {
		return !this.rejectedNames.isEmpty() && this.rejectedNames.contains(host + ":" + port);
	}

	void addRejected(String host, int port) {
		if (this.rejectedNames.size() >= MAX_REJECTED_NAMES) {
			this.rejectedNames.clear();
		}
		this.rejectedNames.add(host + ":" + port);
	}

}
