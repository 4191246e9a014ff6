package io.github.requests4j.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;

/**
 * Reads PEM files with authorities, client certificates and keys.
 */
public final class PemFiles {

	private static final String NOT_FOUND = ". A relative path is resolved against the working directory of the process.";

	private static final Set<String> CERTIFICATE_LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE",
			"TRUSTED CERTIFICATE");

	private PemFiles() {
	}

	/**
	 * Requires the file of authorities to exist, before anything is connected.
	 */
	public static void check(Verify verify) {
		Path authorities = verify.authorities();
		if (authorities != null && !Files.exists(authorities)) {
			throw new SslException(
					"Could not find a suitable TLS CA certificate bundle, invalid path: " + authorities + NOT_FOUND);
		}
	}

	/** Requires the files of a client certificate to exist. */
	public static void check(ClientCert cert) {
		if (!Files.exists(cert.certificate())) {
			throw new SslException(
					"Could not find the TLS certificate file, invalid path: " + cert.certificate() + NOT_FOUND);
		}
		Path key = cert.privateKey();
		if (key != null && !Files.exists(key)) {
			throw new SslException("Could not find the TLS key file, invalid path: " + key + NOT_FOUND);
		}
	}

	/** Returns the authorities of a file, or of all files of a folder. */
	static KeyStore trustStore(Path authorities) throws GeneralSecurityException {
		check(Verify.authorities(authorities));
		// Folders of authorities often contain each one twice, once under its hash.
		Set<X509Certificate> certificates = new LinkedHashSet<>();
		for (Path file : Files.isDirectory(authorities) ? filesIn(authorities) : List.of(authorities)) {
			certificates.addAll(certificates(file));
		}
		if (certificates.isEmpty()) {
			throw new SslException(authorities
					+ " contains no certificate. Use a PEM file of certificate authorities, or a folder of such files.");
		}
		KeyStore store = emptyStore();
		for (X509Certificate certificate : certificates) {
			store.setCertificateEntry("authority-" + store.size(), certificate);
		}
		return store;
	}

	private static List<Path> filesIn(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
		catch (IOException ex) {
			throw new SslException("Cannot read the CA folder " + folder + ". Check its permissions.", ex);
		}
	}

	/**
	 * Returns the key of the client with its certificate and the intermediate
	 * certificates.
	 */
	static ClientKey clientKey(ClientCert cert) throws GeneralSecurityException {
		check(cert);
		List<X509Certificate> chain = certificates(cert.certificate());
		if (chain.isEmpty()) {
			throw new SslException(
					cert.certificate() + " contains no certificate. Use a PEM file with the client certificate.");
		}
		Path keyFile = Objects.requireNonNullElse(cert.privateKey(), cert.certificate());
		PrivateKey key = PemKeys.find(PemBlock.read(keyFile), keyFile, cert.password());
		PemKeys.requireMatch(key, chain.get(0), keyFile);
		return new ClientKey(key, chain);
	}

	private static KeyStore emptyStore() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try {
			store.load(null, null);
		}
		catch (IOException ex) {
			throw new GeneralSecurityException(ex);
		}
		return store;
	}

	private static List<X509Certificate> certificates(Path file) throws GeneralSecurityException {
		CertificateFactory factory = CertificateFactory.getInstance("X.509");
		List<X509Certificate> certificates = new ArrayList<>();
		for (PemBlock block : PemBlock.read(file)) {
			// Other blocks are ignored, such as the parameters that some servers require.
			if (CERTIFICATE_LABELS.contains(block.label())) {
				certificates.add(certificate(factory, block, file));
			}
		}
		return certificates;
	}

	private static X509Certificate certificate(CertificateFactory factory, PemBlock block, Path file) {
		try {
			// In OpenSSL's trusted certificates, settings follow the certificate.
			byte[] encoded = Der.parse(block.decode()).encoded();
			return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
		}
		catch (CertificateException | IllegalArgumentException ex) {
			throw PemBlock.invalid(file, ex);
		}
	}

}
