package io.github.requests4j.internal.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;

import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.KeyForm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys in all the forms that OpenSSL writes.
 */
class PemFilesTests {

	private static final String PASSWORD = "secret";

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "EC" })
	@DisplayName("192: PKCS#1, SEC1 and PKCS#8 keys are read, including encrypted ones")
	void allKeyFormatsAreRead(String algorithm) throws Exception {
		HeldCertificate certificate = certificate(algorithm);
		Path file = Files.writeString(this.folder.resolve("cert.pem"), certificate.certificatePem());
		for (KeyForm form : KeyForm.values()) {
			Path key = Files.writeString(this.folder.resolve(form.name()), form.write(certificate, PASSWORD));
			ClientCert cert = ClientCert.of(file, key);
			if (form.isEncrypted()) {
				assertThatExceptionOfType(SslException.class).isThrownBy(() -> PemFiles.clientKey(cert))
					.withMessageContaining("is encrypted. Set its password.");
				assertThatExceptionOfType(SslException.class)
					.isThrownBy(() -> PemFiles.clientKey(cert.withPassword("wrong")))
					.withMessageContaining("cannot be decrypted")
					.withMessageNotContaining("wrong");
			}
			ClientKey read = PemFiles.clientKey(cert.withPassword(PASSWORD));
			// That the key signs for the certificate was checked while reading it.
			assertThat(read.key().getAlgorithm()).as(form.name()).isEqualTo(algorithm);
		}
	}

	@Test
	@DisplayName("192: the key and chain may be in one file, in any order and after other text")
	void keyAndChainMayBeInOneFile() throws Exception {
		HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
		HeldCertificate leaf = new HeldCertificate.Builder().signedBy(authority).duration(1, TimeUnit.DAYS).build();
		Path file = Files.writeString(this.folder.resolve("all.pem"), "Bag Attributes: none\n"
				+ leaf.privateKeyPkcs8Pem() + "subject=leaf\n" + leaf.certificatePem() + authority.certificatePem());
		assertThat(PemFiles.clientKey(ClientCert.of(file)).chain()).containsExactly(leaf.certificate(),
				authority.certificate());
	}

	@Test
	@DisplayName("188: an empty folder of authorities is rejected")
	void emptyFolderOfAuthoritiesIsRejected() {
		assertThatExceptionOfType(SslException.class).isThrownBy(() -> PemFiles.trustStore(this.folder))
			.withMessageContaining(" contains no certificate.");
	}

	private static HeldCertificate certificate(String algorithm) throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
		if (algorithm.equals("EC")) {
			generator.initialize(new ECGenParameterSpec("secp256r1"));
		}
		else {
			generator.initialize(2048);
		}
		KeyPair pair = generator.generateKeyPair();
		return new HeldCertificate.Builder().keyPair(pair).duration(1, TimeUnit.DAYS).build();
	}

}
