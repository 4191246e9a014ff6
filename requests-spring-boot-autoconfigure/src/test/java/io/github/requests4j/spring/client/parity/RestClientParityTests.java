package io.github.requests4j.spring.client.parity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.parity.RequestApi.Item;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same interfaces called by Spring's own client and by a session: each sends the same
 * bytes and returns the same, unless the page about the migration says otherwise.
 */
class RestClientParityTests {

	private static final Path PAGE = Path.of("..", "docs", "migration-from-restclient.md");

	private static final byte[] EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	@TempDir
	static Path folder;

	private static ParityContext context;

	private static Path file;

	@BeforeAll
	static void start() throws IOException {
		context = new ParityContext(Clients.class, "requests.sessions.s.cookies=none");
		file = Files.writeString(folder.resolve("file.txt"), "file");
	}

	@AfterAll
	static void stop() throws Exception {
		context.close();
	}

	@TestFactory
	Stream<DynamicTest> requests() {
		RequestApi restClient = context.restClient(RequestApi.class);
		RequestApi session = context.session(RequestApi.class);
		return requestCases().stream()
			.map((given) -> DynamicTest.dynamicTest(given.name(), () -> compare(given, restClient, session)));
	}

	private static List<RequestCases.Case> requestCases() {
		return RequestCases.all(context.server().url(), file);
	}

	private static void compare(RequestCases.Case given, RequestApi restClient, RequestApi session) throws IOException {
		context.server().respond(EMPTY);
		List<String> lines = Outcome.differences(sent(given.call(), restClient), sent(given.call(), session));
		assertExplained(lines, given.expected());
		assertThat(given.expected()).as("differences that exist")
			.allMatch((difference) -> lines.stream().anyMatch(difference::explains));
	}

	private static Outcome sent(Consumer<RequestApi> call, RequestApi client) throws IOException {
		return Outcome.of(context.server(), () -> {
			call.accept(client);
			return null;
		});
	}

	@TestFactory
	Stream<DynamicTest> responses() {
		ResponseApi restClient = context.restClient(ResponseApi.class);
		ResponseApi lenient = context.lenientRestClient(ResponseApi.class);
		ResponseApi session = context.session(ResponseApi.class);
		Map<String, List<ResponseCases.Case>> groups = new LinkedHashMap<>();
		ResponseCases.all()
			.forEach((given) -> groups
				.computeIfAbsent(given.result() + " of " + given.method() + " " + given.status(),
						(name) -> new ArrayList<>())
				.add(given));
		return groups.entrySet()
			.stream()
			.map((group) -> DynamicTest.dynamicTest(group.getKey(), () -> assertThat(group.getValue())
				.allSatisfy((given) -> compare(given, given.isEntity() ? lenient : restClient, session))));
	}

	private static void compare(ResponseCases.Case given, ResponseApi restClient, ResponseApi session)
			throws IOException {
		context.server().respond(given.response());
		Outcome one = Outcome.of(context.server(), () -> given.call().apply(restClient, given.method()));
		Outcome other = Outcome.of(context.server(), () -> given.call().apply(session, given.method()));
		assertExplained(Outcome.differences(one, other), given.expected());
	}

	private static void assertExplained(List<String> lines, Collection<Difference> expected) {
		assertThat(lines).allMatch((line) -> expected.stream().anyMatch((difference) -> difference.explains(line)),
				"is explained by " + expected);
	}

	@Test
	void casesAreManyAndHaveUniqueNames(TestReporter reporter) {
		List<String> names = Stream
			.concat(requestCases().stream().map(RequestCases.Case::name),
					ResponseCases.all().stream().map(ResponseCases.Case::toString))
			.toList();
		reporter.publishEntry("cases", String.valueOf(names.size()));
		assertThat(names).hasSizeGreaterThan(2500).doesNotHaveDuplicates();
	}

	/** What is left out of the comparison of the cases does differ. */
	@Test
	void clientHeadersAndFramingDiffer() throws Exception {
		WireServer.Received one = received(context.restClient(RequestApi.class));
		WireServer.Received other = received(context.session(RequestApi.class));
		assertThat(one.body()).isEqualTo(other.body());
		for (String name : List.of("user-agent", "accept", "accept-encoding", "connection")) {
			assertThat(one.headers().get(name)).as(name).isNotEqualTo(other.headers().get(name));
		}
		assertThat(one.headers().get("host")).isEqualTo(other.headers().get("host"));
		assertThat(one.headers().get("transfer-encoding")).containsExactly("chunked");
		assertThat(other.headers().get("content-length")).containsExactly(String.valueOf(other.body().length()));
		assertThat(one.headers()).doesNotContainKey("content-length");
		assertThat(other.headers()).doesNotContainKey("transfer-encoding");
	}

	private static WireServer.Received received(RequestApi client) throws Exception {
		context.server().take();
		context.server().respond(EMPTY);
		client.bodyItem(new Item("i", 1));
		return context.server().await();
	}

	@Test
	void valuesOfAHeaderAreSentInOneLine() throws Exception {
		context.server().respond(EMPTY);
		context.server().take();
		context.restClient(RequestApi.class).headerList(List.of("a", "b"));
		assertThat(context.server().await().headers().get("x-h")).containsExactly("a", "b");
		context.session(RequestApi.class).headerList(List.of("a", "b"));
		assertThat(context.server().await().headers().get("x-h")).containsExactly("a, b");
	}

	@Test
	void partsHaveNoContentLength() throws Exception {
		context.server().respond(EMPTY);
		context.server().take();
		context.restClient(RequestApi.class).partResource(new ByteArrayResource(new byte[1]));
		assertThat(context.server().await().body()).contains("Content-Length: ");
		context.session(RequestApi.class).partResource(new ByteArrayResource(new byte[1]));
		assertThat(context.server().await().body()).doesNotContain("Content-Length: ");
	}

	@Test
	void entitiesOfErrorsAreReturned() throws Exception {
		context.server()
			.respond("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone"
				.getBytes(StandardCharsets.US_ASCII));
		Outcome one = Outcome.of(context.server(),
				() -> context.restClient(ResponseApi.class).stringEntity(HttpMethod.GET));
		Outcome other = Outcome.of(context.server(),
				() -> context.session(ResponseApi.class).stringEntity(HttpMethod.GET));
		assertThat(Outcome.differences(one, other)).singleElement().matches(Difference.ERROR_ENTITIES::explains);
		assertThat(other.aspects()).containsEntry("status", "404").containsEntry("body", "String gone");
	}

	@Test
	void transferEncodingIsNotPartOfResults() {
		context.server()
			.respond("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(context.restClient(ResponseApi.class).headers(HttpMethod.GET).containsHeader("Transfer-Encoding"))
			.isTrue();
		assertThat(context.session(ResponseApi.class).headers(HttpMethod.GET).containsHeader("Transfer-Encoding"))
			.isFalse();
	}

	@Test
	void redirectsAreFollowed() throws Exception {
		try (WireServer target = new WireServer()) {
			target.respond(EMPTY);
			context.server()
				.respond(("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: " + target.url()
						+ "/there\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(context.restClient(ResponseApi.class).voidEntity(HttpMethod.GET).getStatusCode().value())
				.isEqualTo(302);
			assertThat(target.take()).isNull();
			assertThat(context.session(ResponseApi.class).voidEntity(HttpMethod.GET).getStatusCode().value())
				.isEqualTo(200);
			assertThat(target.await().line()).isEqualTo("GET /there HTTP/1.1");
		}
	}

	@Test
	void cookiesOfResponsesAreKept() throws Exception {
		try (ParityContext keeping = new ParityContext(Clients.class)) {
			keeping.server()
				.respond("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nSet-Cookie: a=1\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			for (ResponseApi client : List.of(keeping.restClient(ResponseApi.class),
					keeping.session(ResponseApi.class))) {
				client.nothing(HttpMethod.GET);
				assertThat(keeping.server().await().headers()).doesNotContainKey("cookie");
			}
			keeping.restClient(ResponseApi.class).nothing(HttpMethod.GET);
			assertThat(keeping.server().await().headers()).doesNotContainKey("cookie");
			keeping.session(ResponseApi.class).nothing(HttpMethod.GET);
			assertThat(keeping.server().await().headers().get("cookie")).containsExactly("a=1");
		}
	}

	@Test
	void pageHasARowForEachDifference() throws IOException {
		String page = Files.readString(PAGE);
		String section = page.substring(page.indexOf("\n## What differs"));
		List<String> rows = section.substring(1)
			.lines()
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("| "))
			.skip(1)
			.map((line) -> line.split(" \\| ")[0].substring(2))
			.toList();
		assertThat(rows).containsExactlyElementsOf(Arrays.stream(Difference.values()).map(Difference::row).toList());
	}

	@EnableRequestsClients(clients = { RequestApi.class, ResponseApi.class })
	static class Clients {

	}

}
