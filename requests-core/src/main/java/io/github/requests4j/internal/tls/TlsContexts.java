package io.github.requests4j.internal.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;

/**
 * Creates TLS contexts, one for each combination of settings, so that TLS sessions are
 * never resumed with other settings (CVE-2016-5419). Files are read when a connection
 * needs them, and again after they have changed. As in requests, a renewed certificate is
 * used for the next connection. Thread-safe.
 */
public final class TlsContexts {

	// Reloaded material and renewed files need new contexts; old ones must not
	// accumulate.
	private static final int MAX_CONTEXTS = 64;

	private final ConcurrentHashMap<Key, TlsSetup> setups = new ConcurrentHashMap<>();

	private final @Nullable Verify proxyVerify;

	/**
	 * Creates an empty set of contexts.
	 * @param proxyVerify how certificates of proxies are checked, or {@code null} to
	 * derive it from how those of the origin are
	 */
	public TlsContexts(@Nullable Verify proxyVerify) {
		this.proxyVerify = proxyVerify;
	}

	/**
	 * Returns the setup for a proxy. It has no client certificate, which is only for the
	 * origin. The proxy is verified even if the origin is not. By default, the CA file of
	 * the origin also applies to the proxy, because proxies that inspect traffic sign
	 * both certificates with the same authority.
	 */
	public TlsSetup forProxy(Verify origin, @Nullable TlsMaterial material) {
		Verify verify = this.proxyVerify;
		if (verify == null) {
			verify = (origin.authorities() != null) ? origin : Verify.enabled();
		}
		return get(verify, null, (material != null) ? proxyMaterial(material) : null);
	}

	private static TlsMaterial proxyMaterial(TlsMaterial material) {
		return new TlsMaterial(new ProxyIdentity(material.identity()), proxyContext(material), material.protocols(),
				material.ciphers());
	}

	private static SSLContext proxyContext(TlsMaterial material) {
		try {
			SSLContext own = material.proxyContext();
			return (own != null) ? own : SSLContext.getDefault();
		}
		catch (GeneralSecurityException ex) {
			throw new SslException("Cannot set up TLS for the proxy: " + ex.getMessage() + ".", ex);
		}
	}

	/**
	 * Returns the setup for some settings. A CA file, a client certificate or disabled
	 * verification replaces the adapter's TLS material, except for its protocols and
	 * ciphers.
	 */
	public TlsSetup get(Verify verify, @Nullable ClientCert cert, @Nullable TlsMaterial material) {
		Key key = new Key(verify, cert, (material != null) ? material.identity() : null,
				FileStamp.of(verify.authorities()), FileStamp.of((cert != null) ? cert.certificate() : null),
				FileStamp.of((cert != null) ? cert.privateKey() : null));
		TlsSetup setup = this.setups.get(key);
		if (setup == null) {
			setup = make(verify, cert, material);
			if (this.setups.size() >= MAX_CONTEXTS) {
				this.setups.clear();
			}
			this.setups.put(key, setup);
		}
		return setup;
	}

	private static TlsSetup make(Verify verify, @Nullable ClientCert cert, @Nullable TlsMaterial material) {
		List<String> protocols = (material != null) ? material.protocols() : List.of();
		List<String> ciphers = (material != null) ? material.ciphers() : List.of();
		return TlsSetup.of(context(verify, cert, material), verify.isEnabled(), protocols, ciphers);
	}

	private static SSLContext context(Verify verify, @Nullable ClientCert cert, @Nullable TlsMaterial material) {
		boolean plain = verify.isEnabled() && verify.authorities() == null && cert == null;
		try {
			if (plain) {
				return (material != null) ? material.sslContext() : SSLContext.getDefault();
			}
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keyManagers(cert), trustManagers(verify), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new SslException("Cannot set up TLS with verify=" + verify
					+ ((cert != null) ? " and cert=" + cert : "") + ": " + ex.getMessage() + ".", ex);
		}
	}

	private static TrustManager @Nullable [] trustManagers(Verify verify) throws GeneralSecurityException {
		if (!verify.isEnabled()) {
			return new TrustManager[] { new TrustEverything() };
		}
		Path authorities = verify.authorities();
		if (authorities == null) {
			return null;
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(PemFiles.trustStore(authorities));
		return factory.getTrustManagers();
	}

	private static KeyManager @Nullable [] keyManagers(@Nullable ClientCert cert) throws GeneralSecurityException {
		if (cert == null) {
			return null;
		}
		return new KeyManager[] { new ClientKeyManager(PemFiles.clientKey(cert)) };
	}

	private record ProxyIdentity(Object origin) {
	}

	private record Key(Verify verify, @Nullable ClientCert cert, @Nullable Object identity,
			@Nullable FileStamp authorities, @Nullable FileStamp certificate, @Nullable FileStamp privateKey) {
	}

	/**
	 * Trusts every certificate, as {@code verify=False} does in requests.
	 */
	private static final class TrustEverything extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
