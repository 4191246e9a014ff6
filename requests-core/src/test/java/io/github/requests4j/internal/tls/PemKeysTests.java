package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.Openssl;
import io.github.requests4j.testserver.SeparateClassPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys of every kind in every form that OpenSSL writes, with and without Bouncy Castle.
 */
class PemKeysTests {

	private static final String PASSWORD = "open-sesame";

	private static final String READ = "read";

	@TempDir
	static Path folder;

	private static Openssl openssl;

	private static SeparateClassPath without;

	private static SeparateClassPath with;

	@BeforeAll
	static void separate() throws IOException {
		openssl = new Openssl(folder);
		with = SeparateClassPath.without("icu4j");
		without = SeparateClassPath.without("icu4j", "bcpkix", "bcprov", "bcutil");
	}

	@AfterAll
	static void close() throws Exception {
		with.close();
		without.close();
	}

	static Stream<Object[]> keys() {
		return Stream.of(Form.values())
			.flatMap((form) -> form.algorithms.stream().map((algorithm) -> new Object[] { form, algorithm }));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void jdkReadsAllKeysButThoseWithLegacyEncryption(Form form, Algorithm algorithm) throws Exception {
		Path certificate = algorithm.certificate();
		Path key = form.write(algorithm);
		assertThat(read(with, certificate, key, form.password())).isEqualTo(READ);
		String alone = read(without, certificate, key, form.password());
		if (form.needed == null) {
			assertThat(alone).isEqualTo(READ);
		}
		else {
			assertThat(alone).isEqualTo("The private key in " + key + " is encrypted " + form.needed
					+ ", which requires Bouncy Castle. Convert the key with \"openssl pkcs8 -topk8 -in "
					+ key.getFileName() + " -out new.key\", or add the dependency org.bouncycastle:bcpkix-jdk18on.");
		}
		if (form.password() != null) {
			assertThat(read(with, certificate, key, "wrong")).contains("cannot be decrypted. Check its password.");
			assertThat(read(without, certificate, key, null)).contains("is encrypted. Set its password.");
		}
	}

	@Test
	void commandInTheMessageConvertsTheKey() throws Exception {
		Path legacy = Form.TRADITIONAL_ENCRYPTED.write(Algorithm.RSA);
		openssl.run("pkcs8", "-topk8", "-in", legacy.getFileName().toString(), "-out", "new.key", "-passin",
				"pass:" + PASSWORD, "-passout", "pass:" + PASSWORD);
		assertThat(read(without, Algorithm.RSA.certificate(), openssl.file("new.key"), PASSWORD)).isEqualTo(READ);
	}

	@Test
	void passwordMayContainNonAsciiCharacters() throws Exception {
		Path certificate = Algorithm.EC.certificate();
		Files.writeString(openssl.file("password.txt"), "h\u00fclle", StandardCharsets.UTF_8);
		openssl.run("pkcs8", "-topk8", "-in", Algorithm.EC.key(), "-out", "umlaut.key", "-passout",
				"file:password.txt");
		assertThat(read(without, certificate, openssl.file("umlaut.key"), "h\u00fclle")).isEqualTo(READ);
	}

	@Test
	void theClassPathsDiffer() {
		assertThat(with.has("org.bouncycastle.openssl.PEMParser")).isTrue();
		assertThat(without.has("org.bouncycastle.openssl.PEMParser")).isFalse();
		assertThat(without.has("org.bouncycastle.jce.provider.BouncyCastleProvider")).isFalse();
		assertThat(without.has("org.bouncycastle.asn1.x509.Extension")).isFalse();
	}

	private static String read(SeparateClassPath classPath, Path certificate, Path key, @Nullable String password)
			throws Exception {
		return (String) classPath.call(PemKeysTests.class, "tryToRead", certificate, key, password);
	}

	/** Runs in another class loader. */
	static String tryToRead(Path certificate, Path key, @Nullable String password) throws Exception {
		ClientCert cert = ClientCert.of(certificate, key);
		try {
			// That the key signs for the certificate is checked as well.
			PemFiles.clientKey((password != null) ? cert.withPassword(password) : cert);
			return READ;
		}
		catch (SslException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private enum Algorithm {

		RSA("RSA", "rsa_keygen_bits:2048"), RSA_PSS("RSA-PSS", "rsa_keygen_bits:2048"),
		EC("EC", "ec_paramgen_curve:P-256"), EC_P521("EC", "ec_paramgen_curve:P-521"), ED25519("ED25519"),
		ED448("ED448");

		private final List<String> command;

		Algorithm(String name, String... options) {
			this.command = new ArrayList<>(List.of("genpkey", "-algorithm", name));
			for (String option : options) {
				this.command.addAll(List.of("-pkeyopt", option));
			}
		}

		String key() {
			return name() + ".key";
		}

		Path certificate() throws IOException {
			if (!Files.exists(openssl.file(name() + ".pem"))) {
				List<String> all = new ArrayList<>(this.command);
				all.addAll(List.of("-out", key()));
				openssl.run(all.toArray(new String[0]));
				openssl.certificate(name(), name());
			}
			return openssl.file(name() + ".pem");
		}

	}

	private enum Form {

		PKCS8(null, Algorithm.values(), "pkcs8", "-topk8", "-nocrypt"),

		/** PBES2 with AES-256 and HMAC-SHA256 is what OpenSSL writes by itself. */
		PKCS8_ENCRYPTED(null, Algorithm.values(), "pkcs8", "-topk8"),

		PKCS8_AES_128_SHA512(null, "pkcs8", "-topk8", "-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"),

		PKCS8_AES_192_SHA1(null, "pkcs8", "-topk8", "-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA1"),

		PKCS8_TRIPLE_DES(null, "pkcs8", "-topk8", "-v2", "des3"),

		PKCS8_PKCS12(null, "pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES"),

		PKCS8_SCRYPT("with an algorithm that the JDK does not support", "pkcs8", "-topk8", "-scrypt"),

		PKCS1(null, new Algorithm[] { Algorithm.RSA }, "rsa", "-traditional"),

		SEC1(null, new Algorithm[] { Algorithm.EC, Algorithm.EC_P521 }, "pkey", "-traditional"),

		TRADITIONAL_ENCRYPTED("in the legacy form \"Proc-Type: 4,ENCRYPTED\"",
				new Algorithm[] { Algorithm.RSA, Algorithm.EC }, "pkey", "-traditional", "-aes256");

		private final @Nullable String needed;

		private final List<Algorithm> algorithms;

		private final List<String> command;

		Form(@Nullable String needed, String... command) {
			this(needed, new Algorithm[] { Algorithm.RSA }, command);
		}

		Form(@Nullable String needed, Algorithm[] algorithms, String... command) {
			this.needed = needed;
			this.algorithms = List.of(algorithms);
			this.command = List.of(command);
		}

		@Nullable String password() {
			return (this == PKCS8 || this == PKCS1 || this == SEC1) ? null : PASSWORD;
		}

		Path write(Algorithm algorithm) throws IOException {
			algorithm.certificate();
			String file = algorithm + "-" + this + ".key";
			List<String> all = new ArrayList<>(this.command);
			all.addAll(List.of("-in", algorithm.key(), "-out", file));
			if (password() != null) {
				all.addAll(List.of("-passout", "pass:" + PASSWORD));
			}
			openssl.run(all.toArray(new String[0]));
			return openssl.file(file);
		}

	}

}
