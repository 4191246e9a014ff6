package io.github.requests4j.internal.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The key with which this client proves who it is.
 *
 * @param key the private key
 * @param chain its certificate, followed by the intermediate ones of the file
 */
record ClientKey(PrivateKey key, List<X509Certificate> chain) {

	ClientKey {
		chain = List.copyOf(chain);
	}

	// The generated method would show whatever the provider's key shows.
	@Override
	public String toString() {
		return "ClientKey[" + this.chain.get(0).getSubjectX500Principal() + "]";
	}

}
