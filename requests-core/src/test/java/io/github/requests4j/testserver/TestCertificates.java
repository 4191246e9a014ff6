package io.github.requests4j.testserver;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates for tests: an authority and the certificates that it signs. Each instance
 * creates new ones.
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

	/**
	 * A certificate with exactly these alternative names, which no builder would take:
	 * addresses as DNS names, zeros, names that are none.
	 */
	public HeldCertificate issueRaw(GeneralName... names) {
		try {
			KeyPair pair = issue().keyPair();
			Instant now = Instant.now();
			X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(this.authority.certificate(),
					BigInteger.valueOf(now.toEpochMilli()), Date.from(now.minus(1, ChronoUnit.HOURS)),
					Date.from(now.plus(1, ChronoUnit.DAYS)), new X500Principal("CN=Test server"), pair.getPublic());
			builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
			ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
				.build(this.authority.keyPair().getPrivate());
			return new HeldCertificate(pair, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
		}
		catch (IOException | GeneralSecurityException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A certificate that expired yesterday. */
	public HeldCertificate issueExpired(String name) {
		long now = System.currentTimeMillis();
		return new HeldCertificate.Builder().signedBy(this.authority)
			.addSubjectAlternativeName(name)
			.validityInterval(now - TimeUnit.DAYS.toMillis(2), now - TimeUnit.DAYS.toMillis(1))
			.build();
	}

	/** A certificate with a common name and no alternative names. */
	public HeldCertificate issueCommonNameOnly(String commonName) {
		return new HeldCertificate.Builder().signedBy(this.authority)
			.commonName(commonName)
			.duration(1, TimeUnit.DAYS)
			.build();
	}

	/**
	 * A context for a server that presents this certificate and trusts clients that the
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
