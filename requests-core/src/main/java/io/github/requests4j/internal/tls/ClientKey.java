package io.github.requests4j.internal.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The private key and certificate chain of this client.
 *
 * @param key the private key
 * @param chain the certificate of the key, followed by the intermediate certificates
 */
record ClientKey(PrivateKey key, List<X509Certificate> chain) {

	ClientKey {
		chain = List.copyOf(chain);
	}

	// The generated method would include the toString() of the provider's key.
	@Override
	public String toString() {
		return "ClientKey[" + this.chain.get(0).getSubjectX500Principal() + "]";
	}

}
