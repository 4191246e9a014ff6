package io.github.requests4j.spring.oauth2;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Function;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.redis.Digests;

/**
 * Finds the keys with which clients sign their assertions ({@code client_secret_jwt} and
 * {@code private_key_jwt}). The private key is that of a bean of the application, or of
 * the client certificate of the session that sends the requests for tokens. It is read
 * again for each assertion, so that an updated SSL bundle takes effect. Thread-safe.
 */
final class ClientKeys {

	/** RFC 7518, section 3.2: the key of HS256 has at least 256 bits. */
	static final int MIN_SECRET_BYTES = 32;

	private final ConfiguredSessions sessions;

	private final ObjectProvider<SslBundles> bundles;

	private final ObjectProvider<Function<ClientRegistration, JWK>> declared;

	ClientKeys(ConfiguredSessions sessions, ObjectProvider<SslBundles> bundles,
			ObjectProvider<Function<ClientRegistration, JWK>> declared) {
		this.sessions = sessions;
		this.bundles = bundles;
		this.declared = declared;
	}

	/**
	 * Returns the key of a registration.
	 * @param session the name of the session that sends the requests for tokens
	 * @throws IllegalStateException if there is no key, or it cannot be used
	 */
	JWK find(ClientRegistration registration, String session) {
		if (ClientAuthenticationMethod.CLIENT_SECRET_JWT.equals(registration.getClientAuthenticationMethod())) {
			return new OctetSequenceKey.Builder(registration.getClientSecret().getBytes(StandardCharsets.UTF_8))
				.build();
		}
		Function<ClientRegistration, JWK> own = this.declared.getIfUnique();
		if (own != null) {
			return own.apply(registration);
		}
		SslBundle bundle = bundle(session);
		JWK key = (bundle != null) ? key(bundle.getManagers().getKeyManagers()) : null;
		if (key == null) {
			throw new IllegalStateException("The session '" + session + "' has no RSA or EC key.");
		}
		return key;
	}

	/** Returns whether a session is configured with a client certificate. */
	boolean hasCertificate(String session) {
		SessionProperties properties = this.sessions.get(session);
		SessionProperties.Ssl ssl = properties.ssl();
		SessionProperties.Cert cert = properties.cert();
		return (ssl != null && StringUtils.hasLength(ssl.bundle()))
				|| (cert != null && StringUtils.hasLength(cert.certificate()));
	}

	private @Nullable SslBundle bundle(String session) {
		SessionProperties properties = this.sessions.get(session);
		if (properties.ssl() != null && StringUtils.hasLength(properties.ssl().bundle())) {
			return this.bundles.getObject().getBundle(properties.ssl().bundle());
		}
		SessionProperties.Cert cert = properties.cert();
		if (cert == null || !StringUtils.hasLength(cert.certificate())) {
			return null;
		}
		String key = StringUtils.hasLength(cert.privateKey()) ? cert.privateKey() : cert.certificate();
		return SslBundle.of(new PemSslStoreBundle(PemSslStoreDetails.forCertificate(location(cert.certificate()))
			.withPrivateKey(location(key))
			.withPrivateKeyPassword(StringUtils.hasLength(cert.password()) ? cert.password() : null), null));
	}

	/**
	 * Returns a location in which a plain path refers to a file, as in the settings of
	 * the session.
	 */
	private static String location(String path) {
		return ResourceUtils.isUrl(path) ? path : Path.of(path).toUri().toString();
	}

	private static @Nullable JWK key(KeyManager[] managers) {
		for (KeyManager manager : managers) {
			for (String type : new String[] { "RSA", "EC" }) {
				String[] aliases = (manager instanceof X509KeyManager keys) ? keys.getClientAliases(type, null) : null;
				if (aliases != null && aliases.length > 0) {
					X509KeyManager keys = (X509KeyManager) manager;
					return key(keys.getCertificateChain(aliases[0])[0], keys.getPrivateKey(aliases[0]));
				}
			}
		}
		return null;
	}

	/**
	 * Returns a key that refers to its certificate, which some servers require. It has no
	 * id, because only the server knows which one it expects.
	 */
	private static @Nullable JWK key(X509Certificate certificate, PrivateKey key) {
		Base64URL thumbprint = thumbprint(certificate);
		if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
			return new RSAKey.Builder(rsa).privateKey(key).x509CertSHA256Thumbprint(thumbprint).build();
		}
		if (certificate.getPublicKey() instanceof ECPublicKey ec) {
			Curve curve = Curve.forECParameterSpec(ec.getParams());
			return new ECKey.Builder(curve, ec).privateKey(key)
				.algorithm(algorithm(curve))
				.x509CertSHA256Thumbprint(thumbprint)
				.build();
		}
		return null;
	}

	private static JWSAlgorithm algorithm(Curve curve) {
		if (Curve.P_384.equals(curve)) {
			return JWSAlgorithm.ES384;
		}
		return Curve.P_521.equals(curve) ? JWSAlgorithm.ES512 : JWSAlgorithm.ES256;
	}

	private static Base64URL thumbprint(X509Certificate certificate) {
		try {
			return Base64URL.encode(Digests.sha256(certificate.getEncoded()));
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException("The client certificate cannot be read", ex);
		}
	}

}
