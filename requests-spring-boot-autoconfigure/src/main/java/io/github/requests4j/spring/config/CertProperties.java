package io.github.requests4j.spring.config;

import org.jspecify.annotations.Nullable;

/**
 * The certificate of this client. A plain value is short for {@code certificate}. Never
 * shows the password.
 *
 * @param certificate PEM file of the certificate chain, leaf first; it may hold the
 * private key too. A path, "file:" or "classpath:".
 * @param privateKey PEM file of the private key, if it is in a file of its own. A path,
 * "file:" or "classpath:".
 * @param password Password of an encrypted private key.
 */
public record CertProperties(@Nullable String certificate, @Nullable String privateKey, @Nullable String password) {

	@Override
	public String toString() {
		return "CertProperties[certificate=" + this.certificate + ", privateKey=" + this.privateKey + "]";
	}

}
