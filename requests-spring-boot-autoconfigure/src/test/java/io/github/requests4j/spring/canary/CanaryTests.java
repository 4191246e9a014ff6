package io.github.requests4j.spring.canary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HeldCertificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.WithoutSecurity;
import io.github.requests4j.spring.internal.config.Metadata;
import io.github.requests4j.spring.internal.config.SecretSettings;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Checks that a secret in any key that can contain one is never shown.
 */
class CanaryTests {

	private static final String CANARY = "c4n4ry";

	@TempDir
	Path directory;

	@Test
	@DisplayName("threats 40, 41: secrets of the configuration are in no log, message, metric, trace or endpoint")
	void nothingShowsASecret() throws Exception {
		String system = System.getProperty("org.springframework.boot.logging.LoggingSystem");
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		List<String> seen = new ArrayList<>();
		try (LogCapture log = new LogCapture("ROOT", Level.TRACE); MockWebServer server = new MockWebServer()) {
			server.start();
			try (ConfigurableApplicationContext context = application(server)) {
				use(context, server, seen);
				inspect(context, seen);
			}
			seen.addAll(log.messages());
		}
		finally {
			if (system == null) {
				System.clearProperty("org.springframework.boot.logging.LoggingSystem");
			}
			else {
				System.setProperty("org.springframework.boot.logging.LoggingSystem", system);
			}
		}
		assertThat(seen).anyMatch((text) -> text.startsWith("send: "))
			.anyMatch((text) -> text.contains("-> 200 in "))
			.anyMatch((text) -> text.contains("requests.sessions.basic.auth.password"));
		// The server of the test has its own log, and may show what was requested
		assertThat(seen).filteredOn((text) -> text.contains(CANARY) && !text.startsWith("MockWebServer{")).isEmpty();
	}

	private ConfigurableApplicationContext application(MockWebServer server) throws Exception {
		HeldCertificate certificate = new HeldCertificate.Builder().build();
		Path pem = this.directory.resolve("client.pem");
		try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(pem))) {
			writer.writeObject(certificate.certificate());
			writer.writeObject(new JcaPKCS8Generator(certificate.keyPair().getPrivate(),
					new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
						.setProvider(new BouncyCastleProvider())
						.setPassword(CANARY.toCharArray())
						.build()));
		}
		String origin = "http://" + server.getHostName() + ":" + server.getPort();
		Map<String, Object> properties = secrets(origin, pem.toString());
		for (String endpoint : new String[] { "env", "configprops" }) {
			properties.put("management.endpoint." + endpoint + ".show-values", "always");
		}
		properties.put("requests.sessions.basic.trusted-origins[0]", "http://u:" + CANARY + "@trusted");
		properties.put("requests.sessions.digest.trusted-origins", "http://u:" + CANARY + "@trusted");
		properties.put("management.endpoints.web.exposure.include", "*");
		properties.put("management.tracing.sampling.probability", "1.0");
		properties.put("server.port", "0");
		return new SpringApplicationBuilder(Application.class).properties(WithoutSecurity.property())
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("canaries", properties)))
			.run();
	}

	private static Map<String, Object> secrets(String origin, String pem) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String session : new String[] { "basic", "digest", "bearer", "proxied" }) {
			String prefix = "requests.sessions." + session + ".";
			properties.put(prefix + "base-url", origin);
			properties.put(prefix + "headers.X-Custom", CANARY);
			properties.put(prefix + "headers.Cookie", "sid=" + CANARY);
			properties.put(prefix + "params.v", CANARY);
			properties.put(prefix + "params.of[0]", CANARY);
			properties.put(prefix + "logging.level", "body");
			properties.put(prefix + "cert.certificate", pem);
			properties.put(prefix + "cert.password", CANARY);
		}
		properties.put("requests.sessions.basic.auth.username", CANARY);
		properties.put("requests.sessions.basic.auth.password", CANARY);
		properties.put("requests.sessions.digest.auth.type", "digest");
		properties.put("requests.sessions.digest.auth.username", CANARY);
		properties.put("requests.sessions.digest.auth.password", CANARY);
		properties.put("requests.sessions.bearer.auth.token", CANARY);
		properties.put("requests.sessions.bearer.base-url", origin.replace("://", "://" + CANARY + ":" + CANARY + "@"));
		properties.put("requests.sessions.proxied.proxies.http", origin.replace("://", "://u:" + CANARY + "@"));
		properties.put("requests.defaults.headers[X-Common]", CANARY);
		properties.put("requests.defaults.params[common name]", CANARY);
		properties.put("requests.defaults.proxies.https", "http://u:" + CANARY + "@proxy:1");
		properties.put("requests.defaults.cert.password", CANARY);
		return properties;
	}

	@Test
	void everyKeyForASecretIsCovered() {
		Set<String> secret = new TreeSet<>(Metadata.of(SessionProperties.class).keySet());
		secret.removeIf((key) -> !SecretSettings.isSecretKey(key));
		Set<String> ofSessions = new TreeSet<>();
		Set<String> ofDefaults = new TreeSet<>();
		secrets("http://host", "client.pem").forEach((name, value) -> {
			if (value.toString().contains(CANARY)) {
				boolean common = name.startsWith("requests.defaults.");
				String key = name.replaceFirst("^requests\\.(defaults|sessions\\.[a-z]+)\\.", "");
				(common ? ofDefaults : ofSessions).add(key.replaceFirst("^(headers|params|proxies)[.\\[].*", "$1"));
			}
		});
		assertThat(ofSessions).isEqualTo(secret);
		secret.removeIf((key) -> key.startsWith("auth.") || key.equals("base-url"));
		assertThat(ofDefaults).isEqualTo(secret);
	}

	private static void use(ConfigurableApplicationContext context, MockWebServer server, List<String> seen) {
		server.enqueue(new MockResponse.Builder().build());
		server.enqueue(new MockResponse.Builder().code(401)
			.addHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
			.build());
		for (int i = 0; i < 3; i++) {
			server.enqueue(new MockResponse.Builder().build());
		}
		for (String session : new String[] { "basic", "digest", "bearer", "proxied" }) {
			assertThat(context.getBean(session + "Session", Session.class).get("/").statusCode()).isEqualTo(200);
		}
		server.enqueue(new MockResponse.Builder().code(404).build());
		Response missing = context.getBean("basicSession", Session.class).get("/");
		seen.add(catchThrowable(missing::raiseForStatus).toString());
		server.close();
		for (String session : new String[] { "basic", "digest", "bearer", "proxied" }) {
			Session failing = context.getBean(session + "Session", Session.class);
			for (Throwable ex = catchThrowable(() -> failing.get("/")); ex != null; ex = ex.getCause()) {
				seen.add(ex.toString());
			}
			seen.add(failing.toString());
		}
	}

	private static void inspect(ConfigurableApplicationContext context, List<String> seen) {
		context.getBean(MeterRegistry.class).getMeters().forEach((meter) -> seen.add(meter.getId().toString()));
		seen.addAll(context.getBean(SeenKeys.class).keys);
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		String actuator = "http://localhost:" + port + "/actuator";
		for (String endpoint : new String[] { "/requests", "/requests/basic", "/requests/digest", "/requests/bearer",
				"/requests/proxied", "/env", "/env/requests.sessions.basic.auth.password", "/configprops", "/beans",
				"/conditions", "/health", "/metrics", "/metrics/http.client.requests", "/prometheus", "/loggers",
				"/mappings" }) {
			Response response = Requests.get(actuator + endpoint);
			assertThat(response.statusCode()).as(endpoint).isIn(200, 404, 503);
			seen.add(response.text());
		}
		assertThat(seen).anyMatch((text) -> text.contains("\"lastError\":{\"type\":"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			headers.X-A        | c4n4ry\u0001
			proxies.http       | c4n4ry
			proxies.http       | http://u:c4n4ry@
			proxies.http       | ftp://u:c4n4ry@proxy
			proxies[c4n4ry]    | http://proxy:1
			base-url           | http://u:c4n4ry@host/?key=c4n4ry
			trusted-origins    | ftp//u:c4n4ry@host/?key=c4n4ry
			trusted-origins    | http://u:c4n4ry@/#access_token=c4n4ry
			"adapters[https://u:c4n4ry@host/].pool-maxsize" | 1
			auth.tokn          | c4n4ry
			auth.password      | ${c4n4ry
			cert.password      | c4n4ry
			""")
	void mistakesShowNoSecret(String key, String value) {
		try (LogCapture log = new LogCapture("ROOT", Level.TRACE)) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class))
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("test", Map.of("requests.sessions.s." + key, value))))
				.run((context) -> {
					// The key of a map is shown, except for the user information of a URL
					String name = (key.contains(CANARY) && !key.contains("@")) ? key : "";
					for (Throwable ex = context.getStartupFailure(); ex != null; ex = ex.getCause()) {
						assertThat(ex.toString().replace(name.isEmpty() ? "-" : CANARY, "")).doesNotContain(CANARY);
					}
				});
			assertThat(log.messages()).filteredOn((text) -> text.contains(CANARY) && !key.contains(CANARY)).isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SeenKeys seenKeys() {
			return new SeenKeys();
		}

	}

	/** What tracing and metrics receive. */
	static class SeenKeys implements ObservationHandler<Observation.Context> {

		private final List<String> keys = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.keys.add(context.getContextualName() + " " + context.getAllKeyValues());
			if (context.getError() != null) {
				this.keys.add(context.getError().toString());
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
