package io.github.requests4j.spring.session;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Offers a key of an SSL bundle to every server that requests a client certificate. The
 * key manager of the JDK offers no key if the server's list of authorities contains none
 * of the issuers, although servers often trust the certificate anyway. A key whose issuer
 * is in the list is preferred.
 */
final class AnyIssuerKeyManager extends X509ExtendedKeyManager {

	private final X509ExtendedKeyManager keys;

	private AnyIssuerKeyManager(X509ExtendedKeyManager keys) {
		this.keys = keys;
	}

	/** Wraps the X.509 key managers and returns the others unchanged. */
	static KeyManager @Nullable [] wrap(KeyManager @Nullable [] managers) {
		if (managers == null) {
			return null;
		}
		KeyManager[] wrapped = managers.clone();
		for (int i = 0; i < wrapped.length; i++) {
			if (wrapped[i] instanceof X509ExtendedKeyManager keys) {
				wrapped[i] = new AnyIssuerKeyManager(keys);
			}
		}
		return wrapped;
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		String alias = this.keys.chooseClientAlias(keyTypes, issuers, socket);
		return (alias != null) ? alias : this.keys.chooseClientAlias(keyTypes, null, socket);
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		String alias = this.keys.chooseEngineClientAlias(keyTypes, issuers, engine);
		return (alias != null) ? alias : this.keys.chooseEngineClientAlias(keyTypes, null, engine);
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return this.keys.getClientAliases(keyType, null);
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return this.keys.getServerAliases(keyType, issuers);
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return this.keys.chooseServerAlias(keyType, issuers, socket);
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return this.keys.getCertificateChain(alias);
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return this.keys.getPrivateKey(alias);
	}

}
