package io.github.requests4j.adapters;

import java.util.List;

import javax.net.ssl.SSLContext;

/**
 * How to speak TLS with a peer.
 *
 * @param context trust and key material
 * @param verifying whether certificate and host name are checked
 * @param protocols the protocols to allow; empty for the defaults
 * @param ciphers the cipher suites to allow; empty for the defaults
 * @param rejectedNames the hosts that are not asked for by name
 */
record TlsSetup(SSLContext context, boolean verifying, List<String> protocols, List<String> ciphers,
		RejectedNames rejectedNames) {
}
