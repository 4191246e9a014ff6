package io.github.requests4j.spring.session;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.TlsFiles;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Maps the TLS settings of a session, which are either the files of {@code verify} and
 * {@code cert} or an SSL bundle.
 */
final class TlsMapper {

	private static final Logger logger = LoggerFactory.getLogger(TlsMapper.class);

	private final PemLocations locations;

	private final ObjectProvider<SslBundles> bundles;

	/** One for each bundle, because their handlers cannot be removed from the bundles. */
	private final Map<String, ReloadableMaterial> materials = new ConcurrentHashMap<>();

	TlsMapper(PemLocations locations, ObjectProvider<SslBundles> bundles) {
		this.locations = locations;
		this.bundles = bundles;
	}

	void map(SessionProperties properties, SettingChecks checks, Session.Builder builder) {
		if (bundle(properties) != null) {
			rejectContradictions(properties, checks);
		}
		checks.set("verify", verify("verify", properties.verify(), checks), builder::verify);
		checks.set("cert", cert(properties.cert(), checks), builder::cert);
	}

	/** Returns the material of the SSL bundle, or null if there is none. */
	@Nullable ReloadableMaterial material(SessionProperties properties, SettingChecks checks) {
		String name = bundle(properties);
		if (name == null) {
			return null;
		}
		SslBundles available = this.bundles.getIfAvailable();
		try {
			if (available == null) {
				throw new NoSuchSslBundleException(name, "The application has no SSL bundles");
			}
			SslBundle bundle = available.getBundle(name);
			return this.materials.computeIfAbsent(name,
					(key) -> new ReloadableMaterial(key, available, material(bundle)));
		}
		catch (NoSuchSslBundleException ex) {
			throw checks.mistake("ssl.bundle", "There is no SSL bundle named '" + name + "'.",
					"Configure spring.ssl.bundle.pem." + name + " or spring.ssl.bundle.jks." + name + ".", ex);
		}
		catch (RuntimeException ex) {
			throw checks.mistake("ssl.bundle", "The SSL bundle '" + name + "' cannot be used: " + ex.getMessage() + ".",
					"Correct the configuration of the bundle.", ex);
		}
	}

	private static @Nullable String bundle(SessionProperties properties) {
		String name = (properties.ssl() != null) ? properties.ssl().bundle() : null;
		return StringUtils.hasLength(name) ? name : null;
	}

	static TlsMaterial material(SslBundle bundle) {
		String[] protocols = bundle.getOptions().getEnabledProtocols();
		String[] ciphers = bundle.getOptions().getCiphers();
		try {
			return new TlsMaterial(new Object(), context(bundle), (protocols != null) ? List.of(protocols) : List.of(),
					(ciphers != null) ? List.of(ciphers) : List.of(), proxyContext(bundle));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private static SSLContext context(SslBundle bundle) throws GeneralSecurityException {
		KeyManager[] keys = bundle.getManagers().getKeyManagers();
		SSLContext context = SSLContext.getInstance(bundle.getProtocol());
		context.init(AnyIssuerKeyManager.wrap(keys), bundle.getManagers().getTrustManagers(), null);
		return context;
	}

	/**
	 * Returns a context that only has the trust material of the bundle, because its key
	 * is for the origin.
	 */
	private static SSLContext proxyContext(SslBundle bundle) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance(bundle.getProtocol());
		context.init(null, bundle.getManagers().getTrustManagers(), null);
		return context;
	}

	private static void rejectContradictions(SessionProperties properties, SettingChecks checks) {
		String verify = properties.verify();
		if (verify != null && !verify.isEmpty() && !"true".equalsIgnoreCase(verify)) {
			throw checks.mistake("ssl.bundle",
					"The SSL bundle and 'verify' contradict each other. The other setting is "
							+ checks.describe("verify") + ".",
					"Remove one of them. The bundle contains its own CA certificates.");
		}
		if (properties.cert() != null && properties.cert().certificate() != null) {
			throw checks.mistake(
					"ssl.bundle", "The SSL bundle and 'cert' contradict each other. The other setting is "
							+ checks.describe("cert") + ".",
					"Remove one of them. The bundle contains its own certificate.");
		}
	}

	/**
	 * Returns the value of a setting that is true, false or the location of CA
	 * certificates.
	 * @param key the key of the setting, for messages
	 */
	@Nullable Verify verify(String key, @Nullable String verify, SettingChecks checks) {
		if (!StringUtils.hasLength(verify) || "true".equalsIgnoreCase(verify)) {
			return StringUtils.hasLength(verify) ? Verify.enabled() : null;
		}
		if ("false".equalsIgnoreCase(verify)) {
			logger
				.warn("{} is false, so certificates and host names are not verified, and an attacker on the network can"
						+ " read and change the traffic. Use this for tests only.", checks.describe(key));
			return Verify.disabled();
		}
		Verify authorities = Verify.authorities(this.locations.resolve(key, verify, checks));
		try {
			TlsFiles.check(authorities, null);
		}
		catch (SslException ex) {
			throw checks.mistake(key, String.valueOf(ex.getMessage()),
					"Set a PEM file with CA certificates, or a directory of such files.", ex);
		}
		return authorities;
	}

	private @Nullable ClientCert cert(SessionProperties.@Nullable Cert cert, SettingChecks checks) {
		if (cert == null) {
			return null;
		}
		if (!StringUtils.hasLength(cert.certificate())) {
			throw checks.mistake("cert", "There is a private key or a password, but no certificate.",
					"Set cert.certificate.");
		}
		ClientCert files = new ClientCert(this.locations.resolve("cert.certificate", cert.certificate(), checks),
				StringUtils.hasLength(cert.privateKey())
						? this.locations.resolve("cert.private-key", cert.privateKey(), checks) : null,
				null);
		ClientCert complete = StringUtils.hasLength(cert.password()) ? files.withPassword(cert.password()) : files;
		check(complete, checks);
		return complete;
	}

	private static void check(ClientCert cert, SettingChecks checks) {
		try {
			TlsFiles.check(Verify.enabled(), cert);
		}
		catch (SslException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.contains("password")) {
				throw checks.mistake("cert.password", message, "Set the password of the private key.", ex);
			}
			boolean ofKey = message.contains("private key") && cert.privateKey() != null;
			throw checks.mistake(ofKey ? "cert.private-key" : "cert.certificate", message,
					"Set PEM files with the certificate chain, leaf first, and its private key, in the same file or in"
							+ " two files.",
					ex);
		}
	}

	/**
	 * The current TLS material of an SSL bundle. When the bundle is updated, new
	 * connections use the new material, and calls in flight finish with the old.
	 * Thread-safe.
	 */
	static final class ReloadableMaterial implements Supplier<TlsMaterial> {

		private volatile TlsMaterial material;

		ReloadableMaterial(String name, SslBundles bundles, TlsMaterial material) {
			this.material = material;
			bundles.addBundleUpdateHandler(name, (updated) -> this.material = TlsMapper.material(updated));
		}

		@Override
		public TlsMaterial get() {
			return this.material;
		}

	}

}
