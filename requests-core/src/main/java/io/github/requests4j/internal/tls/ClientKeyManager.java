package io.github.requests4j.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Sends the configured certificate to every server that requests one, as OpenSSL does.
 * The JDK's key managers do not send it if the server's list of authorities contains none
 * of its issuers, although servers often trust it anyway.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {

	private static final String ALIAS = "client";

	private final ClientKey key;

	ClientKeyManager(ClientKey key) {
		this.key = key;
	}

	@Override
	public @Nullable String chooseClientAlias(String @Nullable [] keyTypes, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		return matchesAny(keyTypes) ? ALIAS : null;
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String @Nullable [] keyTypes, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return matchesAny(keyTypes) ? ALIAS : null;
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return matches(keyType) ? new String[] { ALIAS } : null;
	}

	private boolean matchesAny(String @Nullable [] keyTypes) {
		if (keyTypes != null) {
			for (String keyType : keyTypes) {
				if (matches(keyType)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Key types are the algorithm names of keys: RSA, RSASSA-PSS, EC, EdDSA, DSA.
	 */
	private boolean matches(String keyType) {
		return keyType.equals(this.key.key().getAlgorithm());
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
		return ALIAS.equals(alias) ? this.key.chain().toArray(new X509Certificate[0]) : null;
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
		return ALIAS.equals(alias) ? this.key.key() : null;
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return null;
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return null;
	}

}
