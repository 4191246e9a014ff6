package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.Openssl;
import io.github.requests4j.testserver.Openssl.KeyKind;
import io.github.requests4j.testserver.OpensslServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS with an OpenSSL server: what works with other clients must work with this one. Each
 * build runs some of the cases; the profile {@code deep} runs all of them.
 */
class OpensslMatrixTests {

	private static final boolean DEEP = Boolean.getBoolean("deep");

	private static final String PASSWORD = "open-sesame";

	private static final String NAMES = "subjectAltName=DNS:localhost,DNS:service,DNS:my_service,DNS:*.example.com,"
			+ "DNS:xn--bcher-kva.example,DNS:a_b,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1";

	@TempDir
	static Path folder;

	private static Openssl openssl;

	private final HttpAdapter adapter = HttpAdapter.builder()
		.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
		.build();

	@BeforeAll
	static void writeAuthorities() throws IOException {
		openssl = new Openssl(folder);
		openssl.authority("root", "root");
		openssl.authority("intermediate", "root");
		openssl.authority("unrelated", "unrelated");
		openssl.join("both.pem", "root.pem", "intermediate.pem");
		server(KeyKind.EC);
	}

	@AfterEach
	void close() {
		this.adapter.close();
	}

	private static String server(KeyKind kind) throws IOException {
		return issued("server-" + kind, kind, "root", NAMES);
	}

	/** The key and the certificate of that name, created when they are first needed. */
	private static String issued(String name, KeyKind kind, String issuer, String... extensions) throws IOException {
		if (!Files.exists(openssl.file(name + ".pem"))) {
			openssl.key(name + ".key", kind);
			openssl.certificate(name, issuer, extensions);
		}
		return name;
	}

	private static OpensslServer serve(Version version, String... options) throws IOException {
		return serve("server-EC", version, options);
	}

	private static OpensslServer serve(String certificate, Version version, String... options) throws IOException {
		List<String> all = new ArrayList<>(
				List.of(version.option, "-cert", certificate + ".pem", "-key", certificate + ".key"));
		all.addAll(List.of(options));
		return openssl.serve(all.toArray(new String[0]));
	}

	private String get(OpensslServer server, String host, @Nullable ClientCert cert) {
		SendOptions options = SendOptions.of((o) -> o.verify(Verify.authorities(openssl.file("root.pem"))).cert(cert));
		return Calls.text(this.adapter, Calls.get(server.url(host)), options);
	}

	static Stream<ClientCase> clientCases() {
		return Stream.of(Version.values())
			.flatMap((version) -> Stream.of(KeyKind.values())
				.flatMap((kind) -> Stream.of(Trust.values()).map((trust) -> new ClientCase(version, kind, trust))))
			.filter((one) -> DEEP || one.isInEachBuild());
	}

	@ParameterizedTest
	@MethodSource("clientCases")
	void clientCertificateIsAccepted(ClientCase one) throws IOException {
		ClientCert cert = one.trust().certificate(one.name(), one.kind());
		try (OpensslServer server = serve(one.version(), one.trust().serverOptions(one.name()))) {
			assertThat(get(server, "localhost", cert)).contains("Client certificate", one.name())
				.doesNotContain("no client certificate available");
			assertThat(server.output()).doesNotContain("verify error");
		}
	}

	@ParameterizedTest
	@EnumSource(Version.class)
	void missingIntermediateIsReportedAsARejectedCertificate(Version version) throws IOException {
		String name = issued("leaf-EC", KeyKind.EC, "intermediate");
		ClientCert cert = ClientCert.of(openssl.file(name + ".pem"), openssl.file(name + ".key"));
		try (OpensslServer server = serve(version, "-Verify", "5", "-verify_return_error", "-CAfile", "root.pem")) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> get(server, "localhost", cert))
				.withMessageContaining("The server rejected the client certificate")
				.withMessageContaining("intermediate certificates");
		}
	}

	@ParameterizedTest
	@EnumSource(Version.class)
	void missingClientCertificateIsReported(Version version) throws IOException {
		try (OpensslServer server = serve(version, "-Verify", "5", "-CAfile", "root.pem")) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> get(server, "localhost", null))
				.withMessageContaining("requires a client certificate");
		}
	}

	static Stream<Object[]> serverKeys() {
		return Stream.of(Version.values())
			.flatMap((version) -> Stream.of(KeyKind.values()).map((kind) -> new Object[] { version, kind }))
			.filter((one) -> DEEP || one[1] == KeyKind.RSA_PSS);
	}

	@ParameterizedTest
	@MethodSource("serverKeys")
	void serverCertificateMayHaveAnyKindOfKey(Version version, KeyKind kind) throws IOException {
		try (OpensslServer server = serve(server(kind), version)) {
			assertThat(get(server, "localhost", null)).contains(version.toString());
		}
	}

	static Stream<Object[]> fileForms() {
		return Stream.of(FileForm.values())
			.flatMap((form) -> form.kinds.stream().map((kind) -> new Object[] { form, kind }))
			.filter((one) -> DEEP || ((FileForm) one[0]).inEachBuild);
	}

	@ParameterizedTest
	@MethodSource("fileForms")
	void filesWrittenByOpensslAreRead(FileForm form, KeyKind kind) throws IOException {
		String name = issued("form-" + kind, kind, "root");
		form.write(name);
		try (OpensslServer server = serve(Version.TLS_1_3, "-Verify", "5", "-verify_return_error", "-CAfile",
				"root.pem")) {
			assertThat(get(server, "localhost", form.certificate(name))).contains("Client certificate", name);
		}
	}

	static Stream<Object[]> names() {
		List<String> hosts = List.of("localhost", "service", "my_service", "a_b", "www.example.com", "a_b.example.com",
				"WWW.Example.COM", "www.example.com.", "b\u00fccher.example", "xn--bcher-kva.example");
		return Stream.of(Version.values())
			.flatMap((version) -> hosts.stream().map((host) -> new Object[] { version, host }))
			.filter((one) -> DEEP || one[1].equals("service") || one[1].equals("my_service"));
	}

	@ParameterizedTest
	@MethodSource("names")
	void hostNameIsSent(Version version, String host) throws IOException {
		String sent = host.replace("b\u00fccher", "xn--bcher-kva").replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
		// The server ends the handshake if the name is another one.
		try (OpensslServer server = serve(version, "-servername", sent, "-servername_fatal", "-cert2", "server-EC.pem",
				"-key2", "server-EC.key")) {
			assertThat(get(server, host, null)).contains("server-EC");
			assertThat(server.output()).containsIgnoringCase("Hostname in TLS extension: \"" + sent + "\"")
				.contains("Switching server context");
		}
	}

	@ParameterizedTest
	@MethodSource("addresses")
	void addressIsNotSentAsAHostName(Version version, String address) throws IOException {
		try (OpensslServer server = serve(version, "-servername", "localhost", "-servername_fatal", "-cert2",
				"server-EC.pem", "-key2", "server-EC.key")) {
			assertThat(get(server, address, null)).contains("server-EC");
			assertThat(server.output()).doesNotContain("Hostname in TLS extension");
		}
	}

	static Stream<Object[]> addresses() {
		return Stream.of(Version.values())
			.flatMap((version) -> Stream.of("127.0.0.1", "[::1]", "[0:0:0::1]", "[::0001]")
				.map((address) -> new Object[] { version, address }))
			.filter((one) -> DEEP || one[1].equals("127.0.0.1"));
	}

	@ParameterizedTest
	@EnumSource(Version.class)
	void unrecognizedNameWarningIsIgnored(Version version) throws IOException {
		try (OpensslServer server = serve(version, "-servername", "other.example", "-cert2", "server-EC.pem", "-key2",
				"server-EC.key")) {
			assertThat(get(server, "www.example.com", null)).contains(version.toString());
			assertThat(server.output()).contains("Hostname in TLS extension: \"www.example.com\"");
		}
	}

	@Test
	void warningIsIgnoredBehindATlsProxy() throws IOException {
		TestCertificates certificates = new TestCertificates();
		try (OpensslServer server = serve(Version.TLS_1_2, "-servername", "other.example", "-cert2", "server-EC.pem",
				"-key2", "server-EC.key");
				HttpProxyServer proxy = HttpProxyServer.start(certificates.localhostContext());
				HttpAdapter proxied = HttpAdapter.builder().proxyVerify(certificates.writeAuthority(folder)).build()) {
			SendOptions options = SendOptions.of((o) -> o.verify(Verify.authorities(openssl.file("root.pem")))
				.proxies(Proxies.of(Map.of("https", proxy.url()))));
			assertThat(Calls.text(proxied, Calls.get(server.url("www.example.com")), options)).contains("TLSv1.2");
			assertThat(server.output()).contains("Hostname in TLS extension: \"www.example.com\"");
		}
	}

	@ParameterizedTest
	@EnumSource(Version.class)
	void fatalUnrecognizedNameAlertIsReported(Version version) throws IOException {
		try (OpensslServer server = serve(version, "-servername", "other.example", "-servername_fatal", "-cert2",
				"server-EC.pem", "-key2", "server-EC.key")) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> get(server, "www.example.com", null))
				.withMessageContaining("does not serve this host name");
		}
	}

	/** A version that the server is limited to. */
	private enum Version {

		TLS_1_2("-tls1_2", "TLSv1.2"), TLS_1_3("-tls1_3", "TLSv1.3");

		private final String option;

		private final String label;

		Version(String option, String label) {
			this.option = option;
			this.label = label;
		}

		@Override
		public String toString() {
			return this.label;
		}

	}

	/** What the server trusts and lists, and what the client's file has. */
	private enum Trust {

		ISSUER_LISTED, ROOT_LISTED_AND_INTERMEDIATE_SENT, UNRELATED_LISTED, UNRELATED_LISTED_AND_INTERMEDIATE_KNOWN,
		UNRELATED_LISTED_AND_INTERMEDIATE_SENT, NOTHING_LISTED, SELF_SIGNED_AND_UNRELATED_LISTED, ROOT_IN_FILE_AS_WELL;

		String[] serverOptions(String name) {
			List<String> options = new ArrayList<>(List.of("-Verify", "5", "-verify_return_error"));
			options.addAll(switch (this) {
				case ISSUER_LISTED, ROOT_LISTED_AND_INTERMEDIATE_SENT, ROOT_IN_FILE_AS_WELL ->
					List.of("-CAfile", "root.pem");
				case UNRELATED_LISTED, UNRELATED_LISTED_AND_INTERMEDIATE_SENT ->
					List.of("-CAfile", "unrelated.pem", "-verifyCAfile", "root.pem");
				case UNRELATED_LISTED_AND_INTERMEDIATE_KNOWN ->
					List.of("-CAfile", "unrelated.pem", "-verifyCAfile", "both.pem");
				case NOTHING_LISTED -> List.of("-verifyCAfile", "both.pem");
				case SELF_SIGNED_AND_UNRELATED_LISTED ->
					List.of("-CAfile", "unrelated.pem", "-verifyCAfile", name + ".pem");
			});
			return options.toArray(new String[0]);
		}

		ClientCert certificate(String name, KeyKind kind) throws IOException {
			issued(name, kind, switch (this) {
				case ISSUER_LISTED, UNRELATED_LISTED -> "root";
				case SELF_SIGNED_AND_UNRELATED_LISTED -> name;
				default -> "intermediate";
			});
			Path certificate = switch (this) {
				case ROOT_LISTED_AND_INTERMEDIATE_SENT, UNRELATED_LISTED_AND_INTERMEDIATE_SENT ->
					openssl.join(name + "-chain.pem", name + ".pem", "intermediate.pem");
				case ROOT_IN_FILE_AS_WELL ->
					openssl.join(name + "-whole.pem", name + ".pem", "intermediate.pem", "root.pem");
				default -> openssl.file(name + ".pem");
			};
			return ClientCert.of(certificate, openssl.file(name + ".key"));
		}

	}

	private record ClientCase(Version version, KeyKind kind, Trust trust) {

		String name() {
			String issuer = switch (this.trust) {
				case ISSUER_LISTED, UNRELATED_LISTED -> "direct-";
				case SELF_SIGNED_AND_UNRELATED_LISTED -> "self-";
				default -> "leaf-";
			};
			return issuer + this.kind;
		}

		boolean isInEachBuild() {
			return switch (this.trust) {
				case ROOT_LISTED_AND_INTERMEDIATE_SENT -> this.kind == KeyKind.EC;
				case UNRELATED_LISTED_AND_INTERMEDIATE_KNOWN -> this.kind == KeyKind.RSA;
				case SELF_SIGNED_AND_UNRELATED_LISTED ->
					(this.kind == KeyKind.RSA_PSS) == (this.version == Version.TLS_1_2)
							&& (this.kind == KeyKind.RSA_PSS || this.kind == KeyKind.ED25519);
				default -> false;
			};
		}

	}

	/** How the files of the client's certificate are written. */
	private enum FileForm {

		PKCS8(false, KeyKind.values()),
		PKCS8_ENCRYPTED(true, KeyKind.RSA, KeyKind.RSA_PSS, KeyKind.EC, KeyKind.ED25519),
		PKCS8_TRIPLE_DES(false, KeyKind.RSA, KeyKind.EC), PKCS1(false, KeyKind.RSA),
		PKCS1_ENCRYPTED(false, KeyKind.RSA), SEC1(false, KeyKind.EC, KeyKind.EC_P384),
		SEC1_ENCRYPTED(false, KeyKind.EC), SEC1_WITH_PARAMETERS(false, KeyKind.EC), BYTE_ORDER_MARK(true, KeyKind.EC),
		LINES_OF_WINDOWS(false, KeyKind.EC, KeyKind.RSA), CERTIFICATE_THEN_KEY(false, KeyKind.values()),
		KEY_THEN_CERTIFICATE(false, KeyKind.RSA), KEY_THEN_CERTIFICATE_WITH_MARKS(true, KeyKind.EC),
		WITH_TEXT(false, KeyKind.EC), TRUSTED_CERTIFICATE(false, KeyKind.EC);

		private final boolean inEachBuild;

		private final List<KeyKind> kinds;

		FileForm(boolean inEachBuild, KeyKind... kinds) {
			this.inEachBuild = inEachBuild;
			this.kinds = List.of(kinds);
		}

		private boolean isEncrypted() {
			return this == PKCS8_ENCRYPTED || this == PKCS8_TRIPLE_DES || this == PKCS1_ENCRYPTED
					|| this == SEC1_ENCRYPTED;
		}

		ClientCert certificate(String name) {
			Path certificate = openssl.file("form.pem");
			ClientCert cert = Files.exists(openssl.file("form.key"))
					? ClientCert.of(certificate, openssl.file("form.key")) : ClientCert.of(certificate);
			return isEncrypted() ? cert.withPassword(PASSWORD) : cert;
		}

		void write(String name) throws IOException {
			String key = name + ".key";
			Files.deleteIfExists(openssl.file("form.key"));
			openssl.join("form.pem", name + ".pem");
			switch (this) {
				case PKCS8 -> openssl.join("form.key", key);
				case PKCS8_ENCRYPTED -> convert("pkcs8", "-topk8", "-in", key, "-passout", "pass:" + PASSWORD);
				case PKCS8_TRIPLE_DES ->
					convert("pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-in", key, "-passout", "pass:" + PASSWORD);
				case PKCS1 -> convert("rsa", "-traditional", "-in", key);
				case PKCS1_ENCRYPTED ->
					convert("rsa", "-traditional", "-aes128", "-in", key, "-passout", "pass:" + PASSWORD);
				case SEC1 -> convert("ec", "-in", key);
				case SEC1_ENCRYPTED -> convert("ec", "-aes256", "-in", key, "-passout", "pass:" + PASSWORD);
				case SEC1_WITH_PARAMETERS -> {
					convert("ec", "-in", key);
					openssl.run("ecparam", "-name", "prime256v1", "-out", "parameters.pem");
					openssl.join("form.key", "parameters.pem", "form.key");
				}
				case BYTE_ORDER_MARK -> {
					mark("form.pem", "form.pem");
					mark(key, "form.key");
				}
				case LINES_OF_WINDOWS -> {
					rewrite("form.pem", "form.pem");
					rewrite(key, "form.key");
				}
				case CERTIFICATE_THEN_KEY -> openssl.join("form.pem", name + ".pem", key);
				case KEY_THEN_CERTIFICATE -> openssl.join("form.pem", key, name + ".pem");
				case KEY_THEN_CERTIFICATE_WITH_MARKS -> {
					mark(key, "marked.key");
					mark(name + ".pem", "marked.pem");
					openssl.join("form.pem", "marked.key", "marked.pem");
				}
				case WITH_TEXT -> {
					openssl.run("x509", "-text", "-in", name + ".pem", "-out", "form.pem");
					convert("pkey", "-text", "-in", key);
				}
				case TRUSTED_CERTIFICATE -> {
					openssl.run("x509", "-trustout", "-in", name + ".pem", "-out", "form.pem");
					openssl.join("form.key", key);
				}
				default -> throw new AssertionError(this);
			}
		}

		private static void convert(String... command) throws IOException {
			List<String> all = new ArrayList<>(List.of(command));
			all.addAll(List.of("-out", "form.key"));
			openssl.run(all.toArray(new String[0]));
		}

		private static void mark(String from, String to) throws IOException {
			String text = Files.readString(openssl.file(from), StandardCharsets.UTF_8);
			Files.writeString(openssl.file(to), "\ufeff" + text, StandardCharsets.UTF_8);
		}

		private static void rewrite(String from, String to) throws IOException {
			String text = Files.readString(openssl.file(from), StandardCharsets.UTF_8);
			Files.writeString(openssl.file(to), text.replace("\n", "\r\n"), StandardCharsets.UTF_8);
		}

	}

}
