package io.github.requests4j.spring.oauth2;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

import io.github.requests4j.Session;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How clients authenticate themselves to Spring's authorization server.
 */
@Timeout(120)
class ClientAuthenticationTests {

	private static final String SECRET = "a-secret-of-more-than-32-bytes-for-hs256";

	private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder().certificateAuthority(0).build();

	private static final HeldCertificate SERVER = new HeldCertificate.Builder().signedBy(AUTHORITY)
		.addSubjectAlternativeName("127.0.0.1")
		.build();

	private static final HeldCertificate EC = new HeldCertificate.Builder().signedBy(AUTHORITY)
		.commonName("depot")
		.build();

	private static final HeldCertificate RSA = new HeldCertificate.Builder().rsa2048()
		.signedBy(AUTHORITY)
		.commonName("depot")
		.build();

	private static final HeldCertificate SELF_SIGNED = new HeldCertificate.Builder().rsa2048()
		.commonName("self")
		.build();

	@TempDir
	private static Path directory;

	private static CountingServer keys;

	private static AuthorizationServer plain;

	private static AuthorizationServer secure;

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	@BeforeAll
	static void start() throws Exception {
		keys = new CountingServer((request) -> Answer.json(200,
				new JWKSet(List.of(publicKey(RSA), publicKey(EC), publicKey(SELF_SIGNED))).toString()));
		write("ca.pem", AUTHORITY.certificatePem());
		write("clients.pem", AUTHORITY.certificatePem() + SELF_SIGNED.certificatePem());
		write("server.pem", SERVER.certificatePem());
		write("server.key", SERVER.privateKeyPkcs8Pem());
		// A chain of one certificate counts as self-signed
		write("ec.pem", EC.certificatePem() + AUTHORITY.certificatePem());
		write("ec.key", EC.privateKeyPkcs8Pem());
		write("rsa.pem", RSA.certificatePem() + AUTHORITY.certificatePem() + RSA.privateKeyPkcs8Pem());
		write("self.pem", SELF_SIGNED.certificatePem() + SELF_SIGNED.privateKeyPkcs8Pem());
		plain = new AuthorizationServer(List
			.of(client("secret-post", "client_secret_post", "HS256"),
					client("secret-jwt", "client_secret_jwt", "HS256"), client("rsa-jwt", "private_key_jwt", "RS256"),
					client("ec-jwt", "private_key_jwt", "ES256"))
			.stream()
			.flatMap(List::stream)
			.toArray(String[]::new));
		secure = AuthorizationServer.secure(MutualTlsServer.class, "server.ssl.bundle=server",
				"server.ssl.client-auth=want", "keys=" + keys.url(),
				"spring.ssl.bundle.pem.server.keystore.certificate=" + file("server.pem"),
				"spring.ssl.bundle.pem.server.keystore.private-key=" + file("server.key"),
				"spring.ssl.bundle.pem.server.truststore.certificate=" + file("clients.pem"));
	}

	@AfterAll
	static void stop() {
		plain.close();
		secure.close();
		keys.close();
	}

	private static List<String> client(String id, String method, String algorithm) {
		String client = AuthorizationServer.CLIENT + id + ".";
		// The server wants to know the secret itself to check its signatures
		String secret = id.equals("secret-jwt") ? SECRET : "{noop}" + (id.equals("secret-post") ? SECRET : id);
		return List.of(client + "registration.client-id=" + id, client + "registration.client-secret=" + secret,
				client + "registration.client-authentication-methods=" + method,
				client + "registration.authorization-grant-types=client_credentials",
				client + "registration.scopes=orders", client + "jwk-set-uri=" + keys.url(),
				client + "token-endpoint-authentication-signing-algorithm=" + algorithm);
	}

	private static JWK publicKey(HeldCertificate held) throws Exception {
		X509Certificate certificate = held.certificate();
		List<Base64> chain = List.of(Base64.encode(certificate.getEncoded()));
		return (certificate.getPublicKey() instanceof RSAPublicKey rsa)
				? new RSAKey.Builder(rsa).x509CertChain(chain).x509CertSHA256Thumbprint(thumbprint(certificate)).build()
				: new ECKey.Builder(Curve.P_256, (ECPublicKey) certificate.getPublicKey()).x509CertChain(chain)
					.x509CertSHA256Thumbprint(thumbprint(certificate))
					.build();
	}

	private static Base64URL thumbprint(X509Certificate certificate) throws Exception {
		return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
	}

	private static void write(String name, String text) throws Exception {
		Files.writeString(directory.resolve(name), text);
	}

	private static String file(String name) {
		return "file:" + directory.resolve(name);
	}

	private ApplicationContextRunner runner(String id, String method) {
		return Registrations.runner(this.server.url(), plain.tokenUri(), "client_credentials")
			.withPropertyValues(Registrations.SHOP + "client-id=" + id, Registrations.SHOP + "client-secret=" + SECRET,
					Registrations.SHOP + "client-authentication-method=" + method);
	}

	private ApplicationContextRunner secureRunner(String id, String method) {
		return runner(id, method)
			.withPropertyValues("spring.security.oauth2.client.provider.own.token-uri=https://127.0.0.1:"
					+ secure.port() + "/oauth2/token");
	}

	private void assertAuthenticated(ApplicationContextRunner runner) {
		runner.run((context) -> {
			assertThat(context.getBean("sSession", Session.class).get("/").statusCode()).isEqualTo(200);
			assertThat(this.server.requests().get(this.server.requests().size() - 1).headers().get("Authorization"))
				.startsWith("Bearer ");
		});
	}

	@Test
	void theSecretIsSentInTheBody() {
		assertAuthenticated(runner("secret-post", "client_secret_post"));
	}

	@Test
	void theSecretSignsAnAssertion() {
		assertAuthenticated(runner("secret-jwt", "client_secret_jwt"));
	}

	@Test
	void theKeyOfAnSslBundleSignsAnAssertion() {
		assertAuthenticated(runner("ec-jwt", "private_key_jwt").withPropertyValues(
				"requests.sessions.shop-tokens.ssl.bundle=client",
				"spring.ssl.bundle.pem.client.keystore.certificate=" + file("ec.pem"),
				"spring.ssl.bundle.pem.client.keystore.private-key=" + file("ec.key")));
	}

	@Test
	void theKeyOfTheClientCertificateSignsAnAssertion() {
		assertAuthenticated(runner("rsa-jwt", "private_key_jwt")
			.withPropertyValues("requests.sessions.shop-tokens.cert=" + directory.resolve("rsa.pem")));
		assertAuthenticated(
				runner("ec-jwt", "private_key_jwt").withPropertyValues("requests.sessions.s.auth.session=login",
						"requests.sessions.login.cert.certificate=" + directory.resolve("ec.pem"),
						"requests.sessions.login.cert.private-key=" + file("ec.key")));
	}

	@Test
	void aKeyOfTheApplicationSignsAnAssertion() {
		assertAuthenticated(runner("rsa-jwt", "private_key_jwt").withUserConfiguration(Keys.class));
	}

	@ParameterizedTest
	@CsvSource({ "mutual, tls_client_auth, rsa.pem", "self, self_signed_tls_client_auth, self.pem" })
	void theClientCertificateAuthenticates(String id, String method, String cert) {
		assertAuthenticated(
				secureRunner(id, method).withPropertyValues("requests.sessions.shop-tokens.verify=" + file("ca.pem"),
						"requests.sessions.shop-tokens.cert=" + directory.resolve(cert)));
	}

	@Test
	void theClientCertificateOfABundleAuthenticates() {
		assertAuthenticated(secureRunner("mutual", "tls_client_auth").withPropertyValues(
				"requests.sessions.s.auth.session=login", "requests.sessions.login.ssl.bundle=client",
				"spring.ssl.bundle.pem.client.keystore.certificate=" + file("ec.pem"),
				"spring.ssl.bundle.pem.client.keystore.private-key=" + file("ec.key"),
				"spring.ssl.bundle.pem.client.truststore.certificate=" + file("ca.pem")));
	}

	@Test
	void aServerThatIsNotTrustedIsReportedWithTheSession() {
		secureRunner("mutual", "tls_client_auth")
			.withPropertyValues("requests.sessions.shop-tokens.cert=" + directory.resolve("rsa.pem"))
			.run((context) -> assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> context.getBean("sSession", Session.class).get("/"))
				.withMessageContaining("client registration 'shop'")
				.withMessageContaining("certificates of the session 'shop-tokens'"));
		assertThat(this.server.accepted()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			tls_client_auth   | http:  | requires a token-uri with https
			tls_client_auth   | https: | Set ssl.bundle or cert of requests.sessions.shop-tokens
			private_key_jwt   | http:  | requires a private key
			private_key_jwt   | http:  | Set ssl.bundle or cert of requests.sessions.shop-tokens
			client_secret_jwt | http:  | at least 32 bytes
			made_up           | http:  | made_up, which is not supported
			""")
	void clientThatCannotAuthenticateFailsTheStart(String method, String scheme, String problem) {
		runner("shop", method)
			.withPropertyValues(Registrations.SHOP + "client-secret=short",
					"spring.security.oauth2.client.provider.own.token-uri=" + scheme + "//127.0.0.1/token")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("requests.sessions.s.auth.registration-id")
				.hasMessageContaining("'shop' authenticates with")
				.hasMessageContaining(problem)
				.hasMessageNotContaining("short"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		Function<ClientRegistration, JWK> clientKey() {
			RSAKey key = new RSAKey.Builder((RSAPublicKey) RSA.certificate().getPublicKey())
				.privateKey(RSA.keyPair().getPrivate())
				.build();
			return (registration) -> key;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(AuthorizationServer.Application.class)
	static class MutualTlsServer {

		@Bean
		RegisteredClientRepository clients(Environment environment) {
			return new InMemoryRegisteredClientRepository(
					client("mutual", ClientAuthenticationMethod.TLS_CLIENT_AUTH,
							ClientSettings.builder().x509CertificateSubjectDN("CN=depot").build()),
					client("self", ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH,
							ClientSettings.builder().jwkSetUrl(environment.getRequiredProperty("keys")).build()));
		}

		private static RegisteredClient client(String id, ClientAuthenticationMethod method, ClientSettings settings) {
			return RegisteredClient.withId(UUID.randomUUID().toString())
				.clientId(id)
				.clientAuthenticationMethod(method)
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.scope("orders")
				.clientSettings(settings)
				.build();
		}

	}

}
