package io.github.requests4j.spring.test.shop;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestContextManager;

import io.github.requests4j.Session;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsCassette;
import io.github.requests4j.spring.test.RequestsCassette.Matching;
import io.github.requests4j.spring.test.RequestsLocalServer;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;
import io.github.requests4j.spring.test.shop.ItemsClient.Login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cassettes are recorded from a real server, and played without it.
 */
class CassetteTests {

	private static final String DIRECTORY = "target/cassettes";

	private static final Path STRICT = Path.of(DIRECTORY, "strict.har");

	private static final Path LENIENT = Path.of(DIRECTORY, "lenient.har");

	@BeforeEach
	void forget() throws Exception {
		Files.deleteIfExists(STRICT);
		Files.deleteIfExists(LENIENT);
	}

	@Test
	void recordsOnceAndPlaysAfter() throws Exception {
		record();
		TestContextManager player = WholeApplicationTests.begin(StrictTape.class);
		ItemsClient items = bean(player, ItemsClient.class);
		assertThat(items.find("a")).contains(new Item("a", 1));
		assertThat(items.find("a")).isEmpty();
		assertThat(items.login("k-123", new Login("ann", "pass-word")).accessToken()).isEqualTo("***");
		assertThat(bean(player, LocalServer.class).calls()).isEmpty();
		WholeApplicationTests.end(player, null);
	}

	@Test
	@DisplayName("threat 40: a cassette is an HTTP archive without secrets of headers, cookies, queries and bodies")
	void theFileIsAnHttpArchiveWithoutSecrets() throws Exception {
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
	void strictMatchingWantsTheSameCallsInTheSameOrder() throws Exception {
		record();
		TestContextManager player = WholeApplicationTests.begin(StrictTape.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> bean(player, ItemsClient.class).find("other"))
			.withMessageContaining("strict.har has no answer")
			.withMessageContaining("/items/other")
			.withMessageContaining("It has next:\n  GET http://127.0.0.1")
			.withMessageContaining("Delete the file");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> WholeApplicationTests.end(player, null));
		TestContextManager again = WholeApplicationTests.begin(StrictTape.class);
		bean(again, ItemsClient.class).find("a");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> WholeApplicationTests.end(again, null))
			.withMessageContaining("not made");
	}

	@Test
	void lenientMatchingTakesAnyOrder() throws Exception {
		TestContextManager recorder = WholeApplicationTests.begin(LenientTape.class);
		bean(recorder, LocalServer.class).on("GET", "/items/a", Reply.json(new Item("a", 1)))
			.on("GET", "/items/b", Reply.json(new Item("b", 2)));
		bean(recorder, ItemsClient.class).find("a");
		bean(recorder, ItemsClient.class).find("b");
		WholeApplicationTests.end(recorder, null);
		TestContextManager player = WholeApplicationTests.begin(LenientTape.class);
		assertThat(bean(player, ItemsClient.class).find("b")).contains(new Item("b", 2));
		assertThat(bean(player, ItemsClient.class).find("b")).contains(new Item("b", 2));
		WholeApplicationTests.end(player, null);
	}

	@Test
	void aTestThatFailsRecordsNothing() throws Exception {
		TestContextManager recorder = WholeApplicationTests.begin(StrictTape.class);
		bean(recorder, LocalServer.class).enqueue(Reply.status(404));
		bean(recorder, ItemsClient.class).find("a");
		WholeApplicationTests.end(recorder, new IllegalStateException("failed"));
		assertThat(STRICT).doesNotExist();
	}

	@Test
	void sessionsOfTheApplicationsOwnAreRecordedAndBytesKept() throws Exception {
		byte[] bytes = { (byte) 0xff, 0, 1, (byte) 0xfe };
		TestContextManager recorder = WholeApplicationTests.begin(LenientTape.class);
		LocalServer server = bean(recorder, LocalServer.class);
		server.enqueue(Reply.status(200).body("application/octet-stream", bytes));
		String url = server.url("/bytes?token=abc");
		Session own = (Session) recorder.getTestContext().getApplicationContext().getBean("ownSession");
		assertThat(own.get(url).content()).isEqualTo(bytes);
		WholeApplicationTests.end(recorder, null);
		assertThat(Files.readString(LENIENT)).contains("base64").doesNotContain("abc");
		TestContextManager player = WholeApplicationTests.begin(LenientTape.class);
		assertThat(own.get(url).content()).isEqualTo(bytes);
		assertThat(server.calls()).isEmpty();
		WholeApplicationTests.end(player, null);
		server.enqueue(Reply.text("live"));
		assertThat(own.get(url).text()).as("without a cassette").isEqualTo("live");
	}

	private static void record() throws Exception {
		TestContextManager recorder = WholeApplicationTests.begin(StrictTape.class);
		bean(recorder, LocalServer.class).enqueue(Reply.json(new Item("a", 1)).header("Set-Cookie", "id=s3ssion"),
				Reply.status(404), Reply.json("{\"accessToken\":\"t0ken\"}"));
		ItemsClient items = bean(recorder, ItemsClient.class);
		assertThat(items.find("a")).contains(new Item("a", 1));
		assertThat(items.find("a")).isEmpty();
		assertThat(items.login("k-123", new Login("ann", "pass-word")).accessToken()).isEqualTo("t0ken");
		WholeApplicationTests.end(recorder, null);
		assertThat(STRICT).exists();
	}

	private static <T> T bean(TestContextManager manager, Class<T> type) {
		return manager.getTestContext().getApplicationContext().getBean(type);
	}

	@SpringBootTest
	@RequestsLocalServer("items")
	@RequestsCassette(value = "strict.har", directory = DIRECTORY)
	static class StrictTape {

		void test() {
		}

	}

	@SpringBootTest
	@RequestsLocalServer("items")
	static class LenientTape {

		@RequestsCassette(value = "lenient.har", directory = DIRECTORY, matching = Matching.LENIENT)
		void test() {
		}

	}

}
