package io.github.requests4j.spring.starter;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import io.github.requests4j.Session;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications with no optional library, with an incompatible one, or with a compatible
 * one, each in a separate class loader.
 */
@ExtendWith(OutputCaptureExtension.class)
class LightClassPathTests {

	private static final String TEXT = "requests4j";

	private static final String BR = "900010" + "7265717565737473346a" + "03";

	private static final String ZSTD = "28b52ffd200a510000" + "7265717565737473346a";

	private static final String[] NONE = {};

	@TempDir
	Path folder;

	private final MockWebServer server = new MockWebServer();

	@BeforeEach
	void start() throws Exception {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@AfterAll
	static void close() throws Exception {
		for (Application application : Application.ALL.values()) {
			application.loader().close();
		}
		Application.ALL.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.ibm.icu.text.IDNA", "org.bouncycastle.openssl.PEMParser",
			"org.bouncycastle.jce.provider.BouncyCastleProvider", "com.aayushatharva.brotli4j.Brotli4jLoader",
			"com.github.luben.zstd.Zstd", "io.github.resilience4j.core.registry.AbstractRegistry",
			"io.micrometer.core.instrument.MeterRegistry", "org.springframework.cloud.client.ServiceInstance",
			"org.springframework.security.oauth2.client.registration.ClientRegistration" })
	void starterHasNoOptionalLibrary(String type) throws Exception {
		assertThat(Application.of(ClassPath.LIGHT).has(type)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "ZSTD_1_5_6, zstd", "ZSTD_1_5_7_4, zstd", "BROTLI_WITHOUT_CODE, br" })
	void incompatibleDecoderIsDisabledWithOneLogLine(ClassPath classPath, String coding, CapturedOutput output)
			throws Exception {
		assertThat(get(Application.of(classPath), coding)).doesNotContain(coding);
		assertThat(StringUtils.countOccurrencesOf(output.toString(), "Responses encoded with " + coding)).isOne();
		assertThat(output).contains("Responses encoded with " + coding + " are not requested or decoded, because");
	}

	@ParameterizedTest
	@CsvSource({ "FULL, zstd", "FULL, br", "BROTLI_1_3, br", "BROTLI_1_12, br" })
	void compatibleDecoderIsUsed(ClassPath classPath, String coding, CapturedOutput output) throws Exception {
		assertThat(get(Application.of(classPath), coding)).contains(coding);
		assertThat(output).doesNotContain("Responses encoded with " + coding);
	}

	@ParameterizedTest
	@ValueSource(strings = { "zstd", "br" })
	void missingDecoderIsNeitherAnnouncedNorLogged(String coding, CapturedOutput output) throws Exception {
		assertThat(get(Application.of(ClassPath.LIGHT), coding)).isEqualTo("gzip, deflate");
		assertThat(output).doesNotContain("Responses encoded with");
	}

	/**
	 * Gets a body that has the coding, twice.
	 * @return what the application accepts
	 */
	private String get(Application application, String coding) throws Exception {
		byte[] body = HexFormat.of().parseHex(coding.equals("br") ? BR : ZSTD);
		for (int i = 0; i < 2; i++) {
			this.server.enqueue(new MockResponse.Builder().addHeader("Content-Encoding", coding)
				.body(new Buffer().write(body))
				.build());
		}
		String bytes = application.call("get", this.server.url("/").toString(), NONE);
		String accepted = String.valueOf(this.server.takeRequest().getHeaders().get("Accept-Encoding"));
		boolean decoded = accepted.contains(coding);
		assertThat(HexFormat.of().parseHex(bytes)).isEqualTo(decoded ? TEXT.getBytes(StandardCharsets.US_ASCII) : body);
		return accepted;
	}

	@ParameterizedTest
	@CsvSource({ "b\u00fccher.example, xn--bcher-kva.example", "stra\u00dfe.example, xn--strae-oqa.example",
			"\u4f8b\u3048.example, xn--r8jz45g.example" })
	void internationalHostsAreTheSameWithAndWithoutIcu(String host, String ascii) throws Exception {
		for (ClassPath classPath : new ClassPath[] { ClassPath.LIGHT, ClassPath.FULL }) {
			this.server.enqueue(new MockResponse.Builder().build());
			this.server.enqueue(new MockResponse.Builder().build());
			Application.of(classPath)
				.call("get", "http://" + host + "/", "requests.sessions.shop.proxies.http=" + this.server.url("/"),
						"requests.sessions.shop.trust-env=false");
			RecordedRequest request = this.server.takeRequest();
			assertThat(request.getHeaders().get("Host")).isEqualTo(ascii);
		}
	}

	@Test
	void hostThatRequiresIcuNamesTheDependency() throws Exception {
		assertThat(Application.of(ClassPath.LIGHT).call("get", "http://l\u00b7l.example/", NONE))
			.contains("Add the dependency com.ibm.icu:icu4j");
	}

	@ParameterizedTest
	@CsvSource({ "RSA, pkcs8 -topk8 -nocrypt", "RSA, pkcs8 -topk8", "RSA, pkey -traditional", "EC, pkcs8 -topk8",
			"EC, pkey -traditional", "ED25519, pkcs8 -topk8", "RSA-PSS, pkcs8 -topk8" })
	void keysAreReadWithoutBouncyCastle(String algorithm, String form) throws Exception {
		assertThat(Application.of(ClassPath.LIGHT).call("start", null, key(algorithm, form))).isEqualTo("started");
	}

	@Test
	void keyWithLegacyEncryptionRequiresBouncyCastle() throws Exception {
		String[] properties = key("RSA", "pkey -traditional -aes128");
		assertThat(Application.of(ClassPath.LIGHT).call("start", null, properties))
			.contains("Convert the key with \"openssl pkcs8 -topk8 -in client.key -out new.key\", or add the dependency"
					+ " org.bouncycastle:bcpkix-jdk18on.");
		assertThat(Application.of(ClassPath.FULL).call("start", null, properties)).isEqualTo("started");
	}

	/** Writes a key in a form of OpenSSL, and a certificate for it. */
	private String[] key(String algorithm, String form) throws Exception {
		List<String> generate = new ArrayList<>(List.of("genpkey", "-out", "key.pem", "-algorithm", algorithm));
		if (algorithm.equals("EC")) {
			generate.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
		}
		openssl(generate);
		openssl(List.of("req", "-x509", "-subj", "/CN=client", "-key", "key.pem", "-out", "certificate.pem"));
		List<String> convert = new ArrayList<>(List.of(form.split(" ")));
		convert.addAll(List.of("-in", "key.pem", "-out", "client.key"));
		boolean encrypted = form.endsWith("-topk8") || form.endsWith("-aes128");
		if (encrypted) {
			convert.addAll(List.of("-passout", "pass:open-sesame"));
		}
		openssl(convert);
		String cert = "requests.sessions.shop.cert.";
		return new String[] { cert + "certificate=" + this.folder.resolve("certificate.pem"),
				cert + "private-key=" + this.folder.resolve("client.key"),
				encrypted ? cert + "password=open-sesame" : "unused=true" };
	}

	private void openssl(List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("openssl"));
		command.addAll(arguments);
		Path log = this.folder.resolve("openssl.log");
		Process process = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(process.waitFor()).as(Files.readString(log)).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Main {

	}

	/** Runs in the class loader of an application. */
	static final class Calls {

		private Calls() {
		}

		static String start(@Nullable String url, String[] properties) {
			try (ConfigurableApplicationContext context = context(properties)) {
				return "started";
			}
			catch (RuntimeException ex) {
				return messages(ex);
			}
		}

		static String get(String url, String[] properties) {
			try (ConfigurableApplicationContext context = context(properties)) {
				Session session = context.getBean(Session.class);
				session.get(url);
				return HexFormat.of().formatHex(session.get(url).content());
			}
			catch (RuntimeException ex) {
				return messages(ex);
			}
		}

		private static ConfigurableApplicationContext context(String[] properties) {
			SpringApplication application = new SpringApplicationBuilder(Main.class).web(WebApplicationType.NONE)
				.properties("requests.sessions.shop.max-redirects=3")
				.properties(properties)
				.build();
			return application.run();
		}

		private static String messages(Throwable ex) {
			StringBuilder messages = new StringBuilder();
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				messages.append(cause.getMessage()).append('\n');
			}
			return messages.toString();
		}

	}

	/** The class path of these tests, which is that of the starter, with more jars. */
	private enum ClassPath {

		LIGHT, ZSTD_1_5_6("zstd-jni-1.5.6-3"), ZSTD_1_5_7_4("zstd-jni-1.5.7-4"),
		BROTLI_WITHOUT_CODE("brotli4j-new", "service-new"), BROTLI_1_3("brotli4j-1.3.2", "native-linux-x86_64-1.3.2"),
		BROTLI_1_12("brotli4j-1.12.0", "service-1.12.0", "native-linux-x86_64-1.12.0"),
		FULL("brotli4j-new", "service-new", "native-linux-x86_64-new", "zstd-jni-new", "icu4j-new", "bcpkix-new",
				"bcutil-new", "bcprov-new");

		private final List<String> jars;

		ClassPath(String... jars) {
			this.jars = List.of(jars);
		}

		URL[] urls() throws Exception {
			List<URL> urls = new ArrayList<>();
			for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
			Path classes = Path
				.of(LightClassPathTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			for (String jar : this.jars) {
				Path path = classes.resolveSibling("other-versions").resolve(jar + ".jar");
				assertThat(path).exists();
				urls.add(path.toUri().toURL());
			}
			return urls.toArray(new URL[0]);
		}

	}

	/** A class loader that shares no class with the tests but those of the JDK. */
	private record Application(URLClassLoader loader) {

		private static final Map<ClassPath, Application> ALL = new EnumMap<>(ClassPath.class);

		static Application of(ClassPath classPath) throws Exception {
			Application known = ALL.get(classPath);
			if (known == null) {
				known = new Application(new URLClassLoader(classPath.urls(), ClassLoader.getPlatformClassLoader()));
				ALL.put(classPath, known);
			}
			return known;
		}

		boolean has(String type) {
			try {
				this.loader.loadClass(type);
				return true;
			}
			catch (ClassNotFoundException ex) {
				return false;
			}
		}

		String call(String method, @Nullable String url, String... properties) throws Exception {
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			thread.setContextClassLoader(this.loader);
			try {
				var call = this.loader.loadClass(Calls.class.getName())
					.getDeclaredMethod(method, String.class, String[].class);
				call.setAccessible(true);
				return (String) call.invoke(null, url, properties);
			}
			catch (InvocationTargetException ex) {
				throw new AssertionError(ex.getCause());
			}
			finally {
				thread.setContextClassLoader(before);
			}
		}

	}

}
