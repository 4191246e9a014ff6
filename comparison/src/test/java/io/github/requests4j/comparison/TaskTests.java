package io.github.requests4j.comparison;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs each task with each library against a real server.
 */
class TaskTests {

	private static final String ITEM = "{\"id\":\"tea\",\"price\":3.5}";

	private static final Item TEA = new Item("tea", 3.5);

	private static final List<ConfigurableApplicationContext> CONTEXTS = new ArrayList<>();

	private static final Map<String, Tasks> LIBRARIES = new LinkedHashMap<>();

	private static final Switch SWITCH = new Switch();

	private static final MockWebServer SERVER = new MockWebServer();

	private static final MockWebServer TLS = new MockWebServer();

	@TempDir
	static Path directory;

	@BeforeAll
	static void start() throws IOException {
		SERVER.setDispatcher(SWITCH);
		SERVER.start();
		HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
		HeldCertificate server = new HeldCertificate.Builder().signedBy(authority)
			.addSubjectAlternativeName("localhost")
			.build();
		HeldCertificate client = new HeldCertificate.Builder().signedBy(authority).commonName("client").build();
		Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
		Files.writeString(directory.resolve("client.pem"), client.certificatePem() + client.privateKeyPkcs8Pem());
		TLS.useHttps(new HandshakeCertificates.Builder().heldCertificate(server)
			.addTrustedCertificate(authority.certificate())
			.build()
			.sslContext()
			.getSocketFactory());
		TLS.requireClientAuth();
		TLS.setDispatcher(SWITCH);
		TLS.start();
		String tls = "https://localhost:" + TLS.getPort();
		LIBRARIES.put("spring", new SpringSolutions(context(SpringSolutions.Application.class, "spring"), url()));
		LIBRARIES.put("feign", new FeignSolutions(url(), tls, directory));
		LIBRARIES.put("requests", new RequestsSolutions(context(RequestsSolutions.Application.class, "requests")));
	}

	private static String url() {
		return "http://localhost:" + SERVER.getPort();
	}

	private static ConfigurableApplicationContext context(Class<?> application, String name) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.run("--spring.config.name=" + name, "--server=" + url(), "--directory=" + directory,
					"--tls-server=https://localhost:" + TLS.getPort(),
					"--requests.sessions.items.base-url=http://items.test");
		CONTEXTS.add(context);
		return context;
	}

	@AfterAll
	static void stop() {
		CONTEXTS.forEach(ConfigurableApplicationContext::close);
		SERVER.close();
		TLS.close();
	}

	@BeforeEach
	@AfterEach
	void forget() throws InterruptedException {
		SWITCH.answers.clear();
		while (SERVER.takeRequest(0, TimeUnit.SECONDS) != null || TLS.takeRequest(0, TimeUnit.SECONDS) != null) {
			assertThat(SWITCH.answers).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void json(String library) throws InterruptedException {
		SWITCH.answer(item());
		assertThat(LIBRARIES.get(library).item("json")).isEqualTo(TEA);
		assertThat(SERVER.takeRequest().getTarget()).isEqualTo("/items/tea");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void timeouts(String library) {
		SWITCH.answer(new MockResponse.Builder().body(ITEM).headersDelay(20, TimeUnit.SECONDS).build());
		long start = System.nanoTime();
		assertThatException().isThrownBy(() -> LIBRARIES.get(library).item("timeouts"));
		assertThat(System.nanoTime() - start).as("shorter than every default").isLessThan(TimeUnit.SECONDS.toNanos(9));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void retry(String library) throws InterruptedException {
		MockResponse busy = new MockResponse.Builder().code(503).addHeader("Retry-After", "1").build();
		SWITCH.answer(busy, busy, item());
		long start = System.nanoTime();
		assertThat(LIBRARIES.get(library).item("retry")).isEqualTo(TEA);
		assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1500));
		assertThat(SWITCH.answers).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void basic(String library) throws InterruptedException {
		SWITCH.answer(item());
		assertThat(LIBRARIES.get(library).item("basic")).isEqualTo(TEA);
		assertThat(SERVER.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic ZGVwb3Q6c2VjcmV0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void digest(String library) throws InterruptedException {
		SWITCH.answer(new MockResponse.Builder().code(401)
			.addHeader("WWW-Authenticate", "Digest realm=\"depot\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256")
			.build(), item());
		assertThat(LIBRARIES.get(library).item("digest")).isEqualTo(TEA);
		assertThat(SERVER.takeRequest().getHeaders().get("Authorization")).isNull();
		assertThat(SERVER.takeRequest().getHeaders().get("Authorization")).startsWith("Digest ")
			.contains("username=\"depot\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void bearer(String library) throws InterruptedException {
		SWITCH.answer(item());
		assertThat(LIBRARIES.get(library).item("bearer")).isEqualTo(TEA);
		assertThat(SERVER.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void certificate(String library) throws InterruptedException {
		SWITCH.answer(item());
		assertThat(LIBRARIES.get(library).item("certificate")).isEqualTo(TEA);
		assertThat(TLS.takeRequest().getHandshake().peerPrincipal().getName()).contains("CN=client");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void proxy(String library) throws InterruptedException {
		SWITCH.answer(item());
		assertThat(LIBRARIES.get(library).item("proxy")).isEqualTo(TEA);
		RecordedRequest request = SERVER.takeRequest();
		assertThat(request.getTarget()).isEqualTo("http://upstream.test/items/tea");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void paging(String library) throws Exception {
		SWITCH.answer(page("</items?page=1>; rel=\"prev\", </items?page=3>; rel=\"next\""),
				page("</items?page=2>; rel=\"prev\""));
		assertThat(LIBRARIES.get(library).pages(URI.create(url() + "/items?page=2"))).containsExactly(TEA, TEA);
		SERVER.takeRequest();
		assertThat(SERVER.takeRequest().getTarget()).isEqualTo("/items?page=3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void download(String library) throws IOException {
		byte[] big = new byte[1_000_000];
		SWITCH.answer(new MockResponse.Builder().body(new Buffer().write(big)).build());
		Path file = directory.resolve(library + ".bin");
		List<Long> progress = new ArrayList<>();
		assertThat(LIBRARIES.get(library).download(file, progress::add)).isEqualTo(big.length);
		assertThat(file).hasSize(big.length);
		assertThat(progress).hasSizeGreaterThan(2).isSorted().endsWith((long) big.length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring", "feign", "requests" })
	void errors(String library) {
		SWITCH.answer(new MockResponse.Builder().code(409).body("tea").build());
		assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> LIBRARIES.get(library).item("errors"))
			.withMessage("tea");
	}

	private static MockResponse item() {
		return new MockResponse.Builder().body(ITEM).addHeader("Content-Type", "application/json").build();
	}

	private static MockResponse page(String link) {
		return new MockResponse.Builder().body("[" + ITEM + "]")
			.addHeader("Content-Type", "application/json")
			.addHeader("Link", link)
			.build();
	}

}
