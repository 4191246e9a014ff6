package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;

/**
 * Reads PEM files of authorities and of the client's own certificate.
 */
public final class PemFiles {

	private static final String NOT_FOUND = ". A relative path begins at the working directory of the process.";

	/** That of UTF-8, read as Latin-1. */
	private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

	private PemFiles() {
	}

	/**
	 * Raises for files that are not there, before anything is connected.
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

	/** The authorities in a file, or in all files of a folder. */
	static KeyStore trustStore(Path authorities) throws GeneralSecurityException {
		check(Verify.authorities(authorities));
		// Folders of authorities have each of them several times, under its hash as well.
		Set<X509Certificate> certificates = new LinkedHashSet<>();
		for (Path file : Files.isDirectory(authorities) ? filesIn(authorities) : List.of(authorities)) {
			certificates.addAll(certificates(file));
		}
		if (certificates.isEmpty()) {
			throw new SslException("There is no certificate in " + authorities
					+ ": it must be a PEM file of authorities, or a folder of such files");
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
			throw new SslException("The folder of authorities " + folder + " cannot be read: " + ex.getMessage(), ex);
		}
	}

	/** The client's key with its certificate and the intermediate ones of the file. */
	static ClientKey clientKey(ClientCert cert) throws GeneralSecurityException {
		check(cert);
		List<X509Certificate> chain = certificates(cert.certificate());
		if (chain.isEmpty()) {
			throw new SslException("There is no certificate in " + cert.certificate());
		}
		Path keyFile = Objects.requireNonNullElse(cert.privateKey(), cert.certificate());
		PrivateKey key = PemKeys.find(parse(keyFile), keyFile, cert.password());
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
		JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
		List<X509Certificate> certificates = new ArrayList<>();
		for (Object object : parse(file)) {
			if (object instanceof X509CertificateHolder holder) {
				certificates.add(converter.getCertificate(holder));
			}
			else if (object instanceof X509TrustedCertificateBlock block) {
				certificates.add(converter.getCertificate(block.getCertificateHolder()));
			}
		}
		return certificates;
	}

	private static List<Object> parse(Path file) {
		List<Object> objects = new ArrayList<>();
		try (PEMParser parser = new KnownObjects(open(file))) {
			for (@Nullable
			Object object = parser.readObject(); object != null; object = parser.readObject()) {
				objects.add(object);
			}
			return objects;
		}
		catch (PEMException | IllegalArgumentException ex) {
			throw new SslException("The file " + file + " is not valid PEM: " + ex.getMessage(), ex);
		}
		catch (IOException ex) {
			throw new SslException("The file " + file + " cannot be read as PEM: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Leaves out byte order marks, which editors put at the beginning of a file, and
	 * which are in the middle after such files were joined.
	 */
	private static Reader open(Path file) throws IOException {
		String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
		return new StringReader(text.replace(BYTE_ORDER_MARK, ""));
	}

	/**
	 * Passes over what is neither certificate nor key, such as the parameters that some
	 * servers want in the same file, as OpenSSL does.
	 */
	private static final class KnownObjects extends PEMParser {

		KnownObjects(Reader reader) {
			super(reader);
		}

		@Override
		public @Nullable PemObject readPemObject() throws IOException {
			@Nullable PemObject object = super.readPemObject();
			while (object != null && !getSupportedTypes().contains(object.getType())) {
				object = super.readPemObject();
			}
			return object;
		}

	}

}
