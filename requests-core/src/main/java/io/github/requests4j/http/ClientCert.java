package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The certificate with which the client authenticates itself: one PEM file with both
 * certificate and key, or one file for each. Immutable, with value equality, because it
 * is part of the key of the connection pool. <pre>{@code
 * ClientCert cert = ClientCert.of(Path.of("client.pem"), Path.of("client.key")).withPassword(password);
 * Session session = Session.builder().cert(cert).build();
 * }</pre>
 *
 * @param certificate the PEM file of the certificate chain, leaf first
 * @param privateKey the PEM file of the key, or {@code null} if it is in the
 * certificate's file
 * @param password the password of an encrypted key, or {@code null}; not shown by
 * {@code toString()}
 */
public record ClientCert(Path certificate, @Nullable Path privateKey, @Nullable String password) {

	/**
	 * Creates a client certificate.
	 * @param certificate the PEM file of the certificate chain, leaf first
	 * @param privateKey the PEM file of the key, or {@code null} if it is in the
	 * certificate's file
	 * @param password the password of an encrypted key, or {@code null}; not shown by
	 * {@code toString()}
	 */
	public ClientCert {
		Objects.requireNonNull(certificate, "certificate");
	}

	/**
	 * Creates a client certificate from one file with both certificate and key.
	 * @param pem the PEM file with certificate and key
	 * @return the certificate
	 */
	public static ClientCert of(Path pem) {
		return new ClientCert(pem, null, null);
	}

	/**
	 * Creates a client certificate from separate files.
	 * @param certificate the PEM file of the certificate chain
	 * @param privateKey the PEM file of the key
	 * @return the certificate
	 */
	public static ClientCert of(Path certificate, Path privateKey) {
		return new ClientCert(certificate, Objects.requireNonNull(privateKey, "privateKey"), null);
	}

	/**
	 * Returns a client certificate with the same files and a password for the key.
	 * @param password the password of the encrypted key
	 * @return the certificate with the password
	 */
	public ClientCert withPassword(String password) {
		return new ClientCert(this.certificate, this.privateKey, Objects.requireNonNull(password, "password"));
	}

	@Override
	public String toString() {
		return "ClientCert[" + this.certificate + ((this.privateKey != null) ? ", " + this.privateKey : "")
				+ ((this.password != null) ? ", password=***" : "") + "]";
	}

}
