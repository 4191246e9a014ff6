package io.github.requests4j.testserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Certificates for tests: an authority, and what it signs. Made anew for each instance.
 */
public final class TestCertificates {

	private final HeldCertificate authority;

	public TestCertificates() {
		this.authority = new HeldCertificate.Builder().certificateAuthority(0)
			.commonName("Test authority")
			.duration(1, TimeUnit.DAYS)
			.build();
	}

	public HeldCertificate authority() {
		return this.authority;
	}

	/** A certificate for these host names and addresses. */
	public HeldCertificate issue(String... names) {
		HeldCertificate.Builder builder = new HeldCertificate.Builder().signedBy(this.authority)
			.commonName("Test server")
			.duration(1, TimeUnit.DAYS);
		for (String name : names) {
			builder.addSubjectAlternativeName(name);
		}
		return builder.build();
	}

	/** A certificate with a common name and no alternative names. */
	public HeldCertificate issueCommonNameOnly(String commonName) {
		return new HeldCertificate.Builder().signedBy(this.authority)
			.commonName(commonName)
			.duration(1, TimeUnit.DAYS)
			.build();
	}

	/**
	 * A context for a server that shows this certificate and trusts clients that the
	 * authority signed.
	 */
	public SSLContext serverContext(HeldCertificate certificate) {
		return new HandshakeCertificates.Builder().heldCertificate(certificate)
			.addTrustedCertificate(this.authority.certificate())
			.build()
			.sslContext();
	}

	/** A context for a server on localhost and 127.0.0.1. */
	public SSLContext localhostContext() {
		return serverContext(issue("localhost", "127.0.0.1"));
	}

	/** A context for a client that trusts this authority. */
	public SSLContext clientContext() {
		return new HandshakeCertificates.Builder().addTrustedCertificate(this.authority.certificate())
			.build()
			.sslContext();
	}

	/** Writes the authority's certificate as PEM. */
	public Path writeAuthority(Path folder) throws IOException {
		return Files.writeString(folder.resolve("authority.pem"), this.authority.certificatePem());
	}

	/** Writes a certificate as PEM. */
	public static Path writeCertificate(Path file, HeldCertificate certificate) throws IOException {
		return Files.writeString(file, certificate.certificatePem());
	}

	/** Writes a key as PKCS#8 PEM. */
	public static Path writeKey(Path file, HeldCertificate certificate) throws IOException {
		return Files.writeString(file, certificate.privateKeyPkcs8Pem());
	}

	/** Writes certificate and key into one PEM file. */
	public static Path writeBoth(Path file, HeldCertificate certificate) throws IOException {
		return Files.writeString(file, certificate.certificatePem() + certificate.privateKeyPkcs8Pem());
	}

}
