package io.github.requests4j.benchmarks.compare;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What a client needs to know before it is made.
 *
 * @param base where the server is, without a slash at the end
 * @param authority the file with the certificate of the server's authority
 * @param connections how many connections it may keep
 */
record Setup(String base, Path authority, int connections) {

	/** A context that trusts that authority only. */
	SSLContext tls() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust().getTrustManagers(), null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The certificate " + this.authority + " cannot be used", ex);
		}
	}

	X509TrustManager trustManager() {
		try {
			return (X509TrustManager) trust().getTrustManagers()[0];
		}
		catch (Exception ex) {
			throw new IllegalStateException("The certificate " + this.authority + " cannot be used", ex);
		}
	}

	private TrustManagerFactory trust() throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream in = Files.newInputStream(this.authority)) {
			Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
			store.setCertificateEntry("authority", certificate);
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory;
	}

}
