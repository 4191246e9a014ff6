package io.github.requests4j.benchmarks.compare;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param base the URL of the server, without a slash at the end
 * @param authority the file with the certificate of the server's authority, or
 * {@code null} to use the TLS defaults
 * @param connections the maximum number of connections
 * @param shared whether there are more threads than connections
 */
record Setup(String base, @Nullable Path authority, int connections, boolean shared) {

	boolean isSecure() {
		return this.authority != null;
	}

	/** Returns a context that only trusts the authority. */
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
		try (InputStream in = Files.newInputStream(Objects.requireNonNull(this.authority))) {
			Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
			store.setCertificateEntry("authority", certificate);
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory;
	}

}
