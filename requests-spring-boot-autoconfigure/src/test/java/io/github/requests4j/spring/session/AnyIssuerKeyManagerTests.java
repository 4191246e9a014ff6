package io.github.requests4j.spring.session;

import java.security.Principal;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import javax.security.auth.x500.X500Principal;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when the key of a bundle is offered.
 */
class AnyIssuerKeyManagerTests {

	private static final String[] EC = { "EC" };

	private final HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0)
		.commonName("authority")
		.build();

	private final HeldCertificate client = new HeldCertificate.Builder().signedBy(this.authority).build();

	private final X509KeyManager plain = new HandshakeCertificates.Builder().heldCertificate(this.client)
		.build()
		.keyManager();

	private final X509ExtendedKeyManager wrapped = (X509ExtendedKeyManager) AnyIssuerKeyManager
		.wrap(new KeyManager[] { this.plain })[0];

	@Test
	void keyIsOfferedWhateverAuthoritiesAreListed() {
		Principal[] unrelated = { new X500Principal("CN=unrelated") };
		Principal[] issuer = { this.authority.certificate().getSubjectX500Principal() };
		assertThat(this.plain.chooseClientAlias(EC, unrelated, null)).isNull();
		for (Principal[] issuers : new Principal[][] { unrelated, issuer, {}, null }) {
			String alias = this.wrapped.chooseClientAlias(EC, issuers, null);
			assertThat(this.wrapped.getPrivateKey(alias)).isEqualTo(this.client.keyPair().getPrivate());
			assertThat(this.wrapped.getCertificateChain(alias)).startsWith(this.client.certificate());
			assertThat(this.wrapped.chooseEngineClientAlias(EC, issuers, null)).isNotNull();
			assertThat(this.wrapped.getClientAliases("EC", issuers)).hasSize(1);
		}
	}

	@Test
	void keyOfAnotherKindIsNotOffered() {
		assertThat(this.wrapped.chooseClientAlias(new String[] { "RSA" }, null, null)).isNull();
	}

	@Test
	void otherKeyManagersAreNotWrapped() {
		KeyManager other = new KeyManager() {
		};
		assertThat(AnyIssuerKeyManager.wrap(null)).isNull();
		assertThat(AnyIssuerKeyManager.wrap(new KeyManager[] { other })).containsExactly(other);
	}

}
