package io.github.requests4j.spring.test.shop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestContextManager;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsCassette;
import io.github.requests4j.spring.test.RequestsCassette.Matching;
import io.github.requests4j.spring.test.RequestsCassette.Mode;
import io.github.requests4j.spring.test.RequestsLocalServer;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;
import io.github.requests4j.spring.test.shop.ItemsClient.Login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Cassettes are recorded from a real server and replayed without it.
 */
class CassetteTests {

	private static final String DIRECTORY = "target/cassettes";

	private static final Path STRICT = Path.of(DIRECTORY, "strict.har");

	private static final Path LENIENT = Path.of(DIRECTORY, "lenient.har");

	private static final Path CLASS = Path.of(DIRECTORY, "class.har");

	private static final Path MODE = Path.of(DIRECTORY, "mode.har");

	@BeforeEach
	void forget() throws Exception {
		for (Path file : List.of(STRICT, LENIENT, CLASS, MODE)) {
			Files.deleteIfExists(file);
		}
	}

	@Test
	void firstRunRecordsAndLaterRunsReplay() throws Exception {
		record();
		TestContextManager player = begin(StrictTape.class);
		ItemsClient items = bean(player, ItemsClient.class);
		assertThat(items.find("a")).contains(new Item("a", 1));
		assertThat(items.find("a")).isEmpty();
		assertThat(items.login("k-123", new Login("ann", "pass-word")).accessToken()).isEqualTo("***");
		assertThat(bean(player, LocalServer.class).calls()).isEmpty();
		end(player, null);
	}

	@Test
	@DisplayName("threat 40: a cassette is an HTTP archive without secrets of headers, cookies, queries and bodies")
	void fileIsAnHttpArchiveWithoutSecrets() throws Exception {
		record();
		String text = Files.readString(STRICT);
		assertThat(text).doesNotContain("k-123", "pass-word", "t0ken", "c2hvcDpodXNo", "s3ssion");
		JsonNode log = JsonMapper.shared().readTree(text).path("log");
		assertThat(log.path("version").asString()).isEqualTo("1.2");
		assertThat(log.path("creator").path("name").asString()).isEqualTo("requests4j");
		assertThat(log.path("entries")).hasSize(3);
		JsonNode login = log.path("entries").path(2);
		assertThat(login.path("request").path("postData").path("text").asString())
			.isEqualTo("{\"user\":\"ann\",\"password\":\"***\"}");
		assertThat(login.path("request").path("queryString").path(0).path("value").asString()).isEqualTo("***");
		assertThat(login.path("response").path("content").path("text").asString())
			.isEqualTo("{\"accessToken\":\"***\"}");
		for (String member : new String[] { "startedDateTime", "time", "request", "response", "cache", "timings" }) {
			assertThat(login.has(member)).as(member).isTrue();
		}
	}

	@Test
	void strictMatchingRequiresTheSameCallsInOrder() throws Exception {
		record();
		TestContextManager player = begin(StrictTape.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> bean(player, ItemsClient.class).find("other"))
			.withMessageContaining("strict.har has no response")
			.withMessageContaining("/items/other")
			.withMessageContaining("The next recorded call is:\n  GET http://127.0.0.1")
			.withMessageContaining("Delete the file");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> end(player, null));
		TestContextManager again = begin(StrictTape.class);
		bean(again, ItemsClient.class).find("a");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> end(again, null))
			.withMessageContaining("not made");
	}

	@Test
	void lenientMatchingAcceptsAnyOrder() throws Exception {
		TestContextManager recorder = begin(LenientTape.class);
		bean(recorder, LocalServer.class).on("GET", "/items/a", Reply.json(new Item("a", 1)))
			.on("GET", "/items/b", Reply.json(new Item("b", 2)));
		bean(recorder, ItemsClient.class).find("a");
		bean(recorder, ItemsClient.class).find("b");
		end(recorder, null);
		TestContextManager player = begin(LenientTape.class);
		assertThat(bean(player, ItemsClient.class).find("b")).contains(new Item("b", 2));
		assertThat(bean(player, ItemsClient.class).find("b")).contains(new Item("b", 2));
		end(player, null);
	}

	@Test
	void failedTestRecordsNothing() throws Exception {
		TestContextManager recorder = begin(StrictTape.class);
		bean(recorder, LocalServer.class).enqueue(Reply.status(404));
		bean(recorder, ItemsClient.class).find("a");
		end(recorder, new IllegalStateException("failed"));
		assertThat(STRICT).doesNotExist();
	}

	@Test
	void sessionBeansOfTheApplicationAreRecordedWithExactBytes() throws Exception {
		byte[] bytes = { (byte) 0xff, 0, 1, (byte) 0xfe };
		TestContextManager recorder = begin(LenientTape.class);
		LocalServer server = bean(recorder, LocalServer.class);
		server.enqueue(Reply.status(200).body("application/octet-stream", bytes));
		String url = server.url("/bytes?token=abc");
		Session own = (Session) recorder.getTestContext().getApplicationContext().getBean("ownSession");
		assertThat(own.get(url).content()).isEqualTo(bytes);
		end(recorder, null);
		assertThat(Files.readString(LENIENT)).contains("base64").doesNotContain("abc");
		TestContextManager player = begin(LenientTape.class);
		assertThat(own.get(url).content()).isEqualTo(bytes);
		assertThat(server.calls()).isEmpty();
		end(player, null);
		server.enqueue(Reply.text("live"));
		assertThat(own.get(url).text()).as("without a cassette").isEqualTo("live");
	}

	private static void record() throws Exception {
		TestContextManager recorder = begin(StrictTape.class);
		bean(recorder, LocalServer.class).enqueue(Reply.json(new Item("a", 1)).header("Set-Cookie", "id=s3ssion"),
				Reply.status(404), Reply.json("{\"accessToken\":\"t0ken\"}"));
		ItemsClient items = bean(recorder, ItemsClient.class);
		assertThat(items.find("a")).contains(new Item("a", 1));
		assertThat(items.find("a")).isEmpty();
		assertThat(items.login("k-123", new Login("ann", "pass-word")).accessToken()).isEqualTo("t0ken");
		end(recorder, null);
		assertThat(STRICT).exists();
	}

	@Test
	void methodsOfAClassShareOneRecording() throws Exception {
		for (boolean recorded : new boolean[] { false, true }) {
			TestContextManager manager = new TestContextManager(TwoMethods.class);
			manager.beforeTestClass();
			for (String method : List.of("first", "second")) {
				begin(manager, method);
				LocalServer server = bean(manager, LocalServer.class);
				server.enqueue(Reply.json(new Item(method, 1)));
				assertThat(bean(manager, ItemsClient.class).find(method)).contains(new Item(method, 1));
				assertThat(server.calls()).hasSize(recorded ? 0 : 1);
				manager.afterTestMethod(new Object(), TwoMethods.class.getDeclaredMethod(method), null);
			}
			manager.afterTestClass();
			assertThat(CLASS).exists();
		}
		TestContextManager half = new TestContextManager(TwoMethods.class);
		begin(half, "first");
		bean(half, ItemsClient.class).find("first");
		half.afterTestMethod(new Object(), TwoMethods.class.getDeclaredMethod("first"), null);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(half::afterTestClass)
			.withMessageContaining("not made")
			.withMessageContaining("/items/second");
	}

	@ParameterizedTest
	@ValueSource(classes = { OnCi.class, NeverByProperty.class, Never.class })
	void nothingIsRecordedInModeNone(Class<?> tape) throws Exception {
		TestContextManager manager = begin(tape);
		LocalServer server = bean(manager, LocalServer.class);
		server.enqueue(Reply.json(new Item("a", 1)));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> bean(manager, ItemsClient.class).find("a"))
			.withMessageStartingWith(MODE + " does not exist, and the mode none does not record.")
			.withMessageContaining("GET http://127.0.0.1")
			.withMessageContaining("-Drequests.test.cassette.mode=once");
		assertThat(server.calls()).isEmpty();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> end(manager, null));
		assertThat(MODE).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(classes = { NotOnCi.class, OnceOnCi.class, OnceByProperty.class })
	void modeOnceRecordsOnce(Class<?> tape) throws Exception {
		play(tape, 1);
		assertThat(MODE).exists();
		play(tape, 0);
	}

	@ParameterizedTest
	@ValueSource(classes = { Always.class, AlwaysByProperty.class })
	void modeAllReplacesTheFile(Class<?> tape) throws Exception {
		play(tape, 1);
		String before = Files.readString(MODE);
		play(tape, 1);
		assertThat(Files.readString(MODE)).isNotEqualTo(before);
	}

	@Test
	void unknownModeIsReportedWithItsProperty() {
		assertThatIllegalStateException().isThrownBy(() -> begin(WrongMode.class))
			.withMessage("The property requests.test.cassette.mode is 'record', which is not a mode."
					+ " Set it to none, once, all or auto.");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void recordingIsLogged(CapturedOutput output) throws Exception {
		play(NotOnCi.class, 1);
		assertThat(output).containsOnlyOnce("Recording " + MODE + ". GET http://127.0.0.1")
			.contains("Recorded 1 exchanges in " + MODE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate", "gzip, deflate", "x-gzip" })
	void encodedBodiesAreReplayedAsReceived(String coding) throws Exception {
		String text = "{\"name\":\"a\",\"price\":1,\"comment\":\"" + "long ".repeat(100) + "\"}";
		byte[] encoded = encode(coding, text);
		Response recorded = play(NotOnCi.class, encoded(coding, encoded));
		Response replayed = play(NotOnCi.class, Reply.status(500));
		assertThat(Files.readString(MODE)).contains("long long").doesNotContain("_encoded");
		for (Response response : List.of(recorded, replayed)) {
			assertThat(response.headers().get("Content-Encoding")).isEqualTo(coding);
			assertThat(response.headers().get("Content-Length")).isEqualTo(String.valueOf(encoded.length));
			assertThat(response.reason()).isEqualTo("OK");
			assertThat(response.raw().readAllBytes()).isEqualTo(encoded);
		}
		assertThat(play(NotOnCi.class, Reply.status(500)).text()).isEqualTo(text);
	}

	@Test
	void maskedBodiesAreEncodedAgain() throws Exception {
		String text = "{\"accessToken\":\"t0ken\",\"comment\":\"" + "long ".repeat(100) + "\"}";
		assertThat(play(NotOnCi.class, encoded("gzip", encode("gzip", text))).text()).isEqualTo(text);
		assertThat(Files.readString(MODE)).doesNotContain("t0ken");
		Response replayed = play(NotOnCi.class, Reply.status(500));
		assertThat(replayed.headers().get("Content-Encoding")).isEqualTo("gzip");
		assertThat(replayed.text()).isEqualTo(text.replace("t0ken", "***"));
	}

	@Test
	void codingsThatTheJdkCannotEncodeKeepTheirBytes() throws Exception {
		byte[] unknown = { 'a', 'b', 'c' };
		play(NotOnCi.class, encoded("x-own", unknown));
		assertThat(Files.readString(MODE)).contains("\"_encoded\" : \"YWJj\"");
		Response replayed = play(NotOnCi.class, Reply.status(500));
		assertThat(replayed.headers().get("Content-Encoding")).isEqualTo("x-own");
		assertThat(replayed.content()).isEqualTo(unknown);
		Files.writeString(MODE, Files.readString(MODE).replaceAll(",\\s*\"_encoded\" : \"YWJj\"", ""));
		Response decoded = play(NotOnCi.class, Reply.status(500));
		assertThat(decoded.headers().containsKey("Content-Encoding")).as("a file written by another tool").isFalse();
		assertThat(decoded.text()).isEqualTo("abc");
	}

	private static byte[] encode(String coding, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		for (String name : coding.split(", ")) {
			ByteArrayOutputStream target = new ByteArrayOutputStream();
			try (OutputStream out = name.equals("deflate") ? new DeflaterOutputStream(target)
					: new GZIPOutputStream(target)) {
				out.write(bytes);
			}
			bytes = target.toByteArray();
		}
		return bytes;
	}

	private static Reply encoded(String coding, byte[] body) {
		return Reply.status(200).body("application/json", body).header("Content-Encoding", coding);
	}

	/** Makes one call, and counts those that reach the server. */
	private static void play(Class<?> tape, int sent) throws Exception {
		TestContextManager manager = begin(tape);
		LocalServer server = bean(manager, LocalServer.class);
		server.enqueue(Reply.json(new Item("a", 1)));
		assertThat(bean(manager, ItemsClient.class).find("a")).contains(new Item("a", 1));
		assertThat(server.calls()).hasSize(sent);
		end(manager, null);
	}

	private static Response play(Class<?> tape, Reply reply) throws Exception {
		TestContextManager manager = begin(tape);
		LocalServer server = bean(manager, LocalServer.class);
		server.enqueue(reply);
		Session own = (Session) manager.getTestContext().getApplicationContext().getBean("ownSession");
		Response response = own.get(server.url("/encoded"), (request) -> request.stream(true));
		end(manager, null);
		return response;
	}

	private static TestContextManager begin(Class<?> tape) throws Exception {
		return WholeApplicationTests.begin(tape);
	}

	private static void begin(TestContextManager manager, String method) throws Exception {
		manager.getTestContext().getApplicationContext();
		manager.beforeTestMethod(new Object(), TwoMethods.class.getDeclaredMethod(method));
	}

	private static void end(TestContextManager manager, Throwable error) throws Exception {
		WholeApplicationTests.end(manager, error);
		manager.afterTestClass();
	}

	private static <T> T bean(TestContextManager manager, Class<T> type) {
		return manager.getTestContext().getApplicationContext().getBean(type);
	}

	@SpringBootTest
	@RequestsLocalServer("items")
	@RequestsCassette(value = "strict.har", directory = DIRECTORY, mode = Mode.ONCE)
	static class StrictTape {

		void test() {
		}

	}

	@SpringBootTest
	@RequestsLocalServer("items")
	static class LenientTape {

		@RequestsCassette(value = "lenient.har", directory = DIRECTORY, mode = Mode.ONCE, matching = Matching.LENIENT)
		void test() {
		}

	}

	@SpringBootTest
	@RequestsLocalServer("items")
	@RequestsCassette(value = "class.har", directory = DIRECTORY, mode = Mode.ONCE)
	static class TwoMethods {

		void first() {
		}

		void second() {
		}

	}

	@SpringBootTest(properties = "CI=true")
	@RequestsLocalServer("items")
	static class OnCi {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY)
		void test() {
		}

	}

	@SpringBootTest(properties = "CI=")
	@RequestsLocalServer("items")
	static class NotOnCi {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY)
		void test() {
		}

	}

	@SpringBootTest(properties = "CI=true")
	@RequestsLocalServer("items")
	static class OnceOnCi {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY, mode = Mode.ONCE)
		void test() {
		}

	}

	@SpringBootTest(properties = { "CI=", "requests.test.cassette.mode=none" })
	@RequestsLocalServer("items")
	static class NeverByProperty {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY, mode = Mode.ALL)
		void test() {
		}

	}

	@SpringBootTest(properties = "CI=")
	@RequestsLocalServer("items")
	static class Never {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY, mode = Mode.NONE)
		void test() {
		}

	}

	@SpringBootTest(properties = { "CI=1", "requests.test.cassette.mode=Once" })
	@RequestsLocalServer("items")
	static class OnceByProperty {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY)
		void test() {
		}

	}

	@SpringBootTest(properties = "CI=true")
	@RequestsLocalServer("items")
	static class Always {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY, mode = Mode.ALL)
		void test() {
		}

	}

	@SpringBootTest(properties = { "CI=true", "requests.test.cassette.mode=all" })
	@RequestsLocalServer("items")
	static class AlwaysByProperty {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY)
		void test() {
		}

	}

	@SpringBootTest(properties = "requests.test.cassette.mode=record")
	@RequestsLocalServer("items")
	static class WrongMode {

		@RequestsCassette(value = "mode.har", directory = DIRECTORY)
		void test() {
		}

	}

}
