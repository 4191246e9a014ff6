package io.github.requests4j.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * A session with a cache, against a server on a real socket.
 */
class HttpCacheTests {

	private static Reply fresh(String body, String... more) {
		List<String> lines = new ArrayList<>(List.of("Cache-Control: max-age=60"));
		lines.addAll(List.of(more));
		return Reply.of(200, body, lines.toArray(String[]::new));
	}

	@Test
	void freshResponseIsServedWithoutARequest() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "X-Team: a"))) {
			Response first = origin.get("/items");
			origin.pass(20);
			Response second = origin.get("/items");
			assertThat(CacheStatus.of(first)).isEqualTo(CacheStatus.forwarded("uri-miss").withStored());
			assertThat(second.text()).isEqualTo("body");
			assertThat(second.headers().get("X-Team")).isEqualTo("a");
			assertThat(second.headers().get("Age")).isEqualTo("20");
			assertThat(second.headers().get("Cache-Status")).isEqualTo("requests4j; hit; ttl=40");
			assertThat(second.url()).isEqualTo(origin.server().url("/items"));
			assertThat(second.request().method()).isEqualTo("GET");
			assertThat(origin.requests()).isEqualTo(1);
			assertThat(origin.cache().statistics()).extracting(CacheStatistics::hits, CacheStatistics::misses)
				.containsExactly(1L, 1L);
		}
	}

	@Test
	void staleResponseIsValidatedAndUpdated() throws IOException {
		AtomicInteger served = new AtomicInteger();
		try (CachedOrigin origin = CachedOrigin.start((request) -> {
			if ("\"v1\"".equals(request.header("If-None-Match"))) {
				return Reply.of(304, "", "ETag: \"v1\"", "Cache-Control: max-age=60", "X-Count: 2");
			}
			served.incrementAndGet();
			return fresh("body", "ETag: \"v1\"", "X-Count: 1");
		})) {
			origin.get("/items");
			origin.pass(61);
			Response validated = origin.get("/items");
			assertThat(validated.statusCode()).isEqualTo(200);
			assertThat(validated.text()).isEqualTo("body");
			assertThat(validated.headers().get("X-Count")).isEqualTo("2");
			assertThat(validated.headers().get("Cache-Status"))
				.isEqualTo("requests4j; fwd=stale; fwd-status=304; stored");
			assertThat(origin.status("/items").hit()).isTrue();
			assertThat(served).hasValue(1);
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@Test
	void changedResponseReplacesTheStaleOne() throws IOException {
		AtomicInteger version = new AtomicInteger();
		try (CachedOrigin origin = CachedOrigin
			.start((request) -> fresh("v" + version.incrementAndGet(), "ETag: \"" + version + "\""))) {
			origin.get("/items");
			origin.pass(61);
			assertThat(origin.get("/items").text()).isEqualTo("v2");
			assertThat(origin.get("/items").text()).isEqualTo("v2");
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Cache-Control: no-store
			Cache-Control: max-age=0
			Cache-Control: max-age=x
			Vary: *
			Set-Cookie: a=b
			""")
	@DisplayName("responses that must not or cannot be reused are not stored")
	void uncacheableResponseIsNotStored(String line) throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> Reply.of(200, "body", line))) {
			assertThat(origin.status("/").stored()).isFalse();
			assertThat(origin.status("/").hit()).isFalse();
			assertThat(origin.cache().statistics().size()).isZero();
		}
	}

	@Test
	void callerOverridesTheCache() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "ETag: \"a\""))) {
			Response missing = origin.get("/", (request) -> request.header("Cache-Control", "only-if-cached"));
			assertThat(missing.statusCode()).isEqualTo(504);
			assertThat(origin.requests()).isZero();
			origin.get("/");
			assertThat(origin.status("/", "Cache-Control", "only-if-cached").hit()).isTrue();
			assertThat(origin.status("/", "Cache-Control", "no-cache").forwarded()).isEqualTo("request");
			assertThat(origin.status("/", "Cache-Control", "no-store").hit()).isFalse();
			assertThat(origin.status("/", "Pragma", "no-cache").hit()).isFalse();
			origin.pass(30);
			assertThat(origin.status("/", "Cache-Control", "min-fresh=31").hit()).isFalse();
			origin.pass(61);
			assertThat(origin.status("/", "Cache-Control", "max-stale=5").hit()).isTrue();
			origin.pass(61);
			assertThat(origin.status("/", "Cache-Control", "max-stale=5").hit()).isFalse();
		}
	}

	@Test
	void variantsAreStoredSeparately() throws IOException {
		try (CachedOrigin origin = CachedOrigin
			.start((request) -> fresh(request.header("Accept-Language"), "Vary: Accept-Language"))) {
			origin.status("/", "Accept-Language", "de");
			assertThat(origin.status("/", "Accept-Language", "en").forwarded()).isEqualTo("vary-miss");
			assertThat(origin.get("/", (request) -> request.header("Accept-Language", "de")).text()).isEqualTo("de");
			assertThat(origin.get("/", (request) -> request.header("Accept-Language", "en")).text()).isEqualTo("en");
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@Test
	void nonPublicResponseIsNotSharedBetweenCredentials() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh(request.header("Authorization")))) {
			origin.get("/me", (request) -> request.auth("ann", "1"));
			String other = origin.get("/me", (request) -> request.auth("bob", "1")).text();
			String none = origin.get("/me", (request) -> request.header("Authorization", "")).text();
			String ann = origin.get("/me", (request) -> request.auth("ann", "1")).text();
			assertThat(List.of(other, none)).doesNotContain(ann);
			assertThat(origin.requests()).isEqualTo(3);
		}
	}

	@Test
	void privateResponseIsServedOnlyForTheSameCookies() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> Reply.of(200, "" + request.header("Cookie"),
				request.path().equals("/me") ? "Cache-Control: private, max-age=60" : "Cache-Control: max-age=60"))) {
			origin.get("/me", (request) -> request.cookie("user", "ann"));
			assertThat(origin.get("/me", (request) -> request.cookie("user", "bob")).text()).isEqualTo("user=bob");
			assertThat(origin.get("/me", (request) -> request.cookie("user", "ann")).text()).isEqualTo("user=ann");
			assertThat(origin.requests()).isEqualTo(2);
			origin.get("/news", (request) -> request.cookie("user", "ann"));
			assertThat(origin.get("/news", (request) -> request.cookie("user", "bob")).text()).isEqualTo("user=ann");
		}
	}

	@Test
	void publicResponseIsServedToEveryCaller() throws IOException {
		try (CachedOrigin origin = CachedOrigin
			.start((request) -> Reply.of(200, "body", "Cache-Control: public, max-age=60"))) {
			origin.get("/", (request) -> request.auth("ann", "1"));
			assertThat(CacheStatus.of(origin.get("/", (request) -> request.auth("bob", "1"))).hit()).isTrue();
			assertThat(origin.status("/").hit()).isTrue();
		}
	}

	@Test
	void storedResponseHasNoCookies() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "Set-Cookie: id=1"))) {
			assertThat(origin.get("/").cookies().get("id")).isEqualTo("1");
			Response hit = origin.get("/");
			assertThat(hit.headers().containsKey("Set-Cookie")).isFalse();
			assertThat(hit.cookies().isEmpty()).isTrue();
		}
	}

	@Test
	void unsafeRequestsInvalidateTheirUrl() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> request.method().equals("GET") ? fresh("body")
				: Reply.of(request.path().equals("/fail") ? 500 : 201, "", "Location: /items/7",
						"Content-Location: http://elsewhere.example/items/8"))) {
			for (String path : List.of("/items", "/items/7", "/items/8", "/fail")) {
				origin.get(path);
			}
			origin.session().post(origin.server().url("/items"), (request) -> request.data("x"));
			assertThat(origin.status("/items").hit()).isFalse();
			assertThat(origin.status("/items/7").hit()).isFalse();
			assertThat(origin.status("/items/8").hit()).isTrue();
			origin.session().delete(origin.server().url("/fail"));
			assertThat(origin.status("/fail").hit()).isTrue();
		}
	}

	@Test
	void partlyReadBodyIsNotStored() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("0123456789".repeat(50_000)))) {
			try (Response part = origin.get("/", (request) -> request.stream(true))) {
				assertThat(part.bodyStream().readNBytes(100)).hasSize(100);
			}
			assertThat(origin.cache().statistics().size()).isZero();
			try (Response whole = origin.get("/", (request) -> request.stream(true));
					InputStream body = whole.bodyStream()) {
				assertThat(body.readAllBytes()).hasSize(500_000);
			}
			assertThat(origin.get("/").content()).hasSize(500_000);
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@Test
	void truncatedBodyIsNotStored() throws IOException {
		AtomicInteger calls = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			boolean first = calls.getAndIncrement() == 0;
			conversation.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 4\r\n\r\n"
					+ (first ? "bo" : "body"));
		});
				HttpCache cache = HttpCache.builder().build();
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.mount("http://", cache.wrap(HttpAdapter.builder().build()))
					.build()) {
			assertThatExceptionOfType(ChunkedEncodingException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(session.get(server.url("/")).text()).isEqualTo("body");
			assertThat(CacheStatus.of(session.get(server.url("/"))).hit()).isTrue();
		}
	}

	@Test
	void encodedBodyIsStoredEncodedAndDecodedOnEachHit() throws IOException {
		byte[] gzip = gzip("body");
		try (CachedOrigin origin = CachedOrigin.start((request) -> new Reply(200,
				List.of("Cache-Control: max-age=60", "Content-Encoding: gzip", "Vary: Accept-Encoding"), gzip))) {
			assertThat(origin.get("/").text()).isEqualTo("body");
			Response hit = origin.get("/");
			assertThat(hit.text()).isEqualTo("body");
			assertThat(hit.headers().get("Content-Encoding")).isEqualTo("gzip");
			assertThat(origin.requests()).isEqualTo(1);
		}
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	@Test
	void redirectsAreStoredHopByHop() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> request.path().equals("/old")
				? Reply.of(301, "", "Location: /new", "Cache-Control: max-age=60") : fresh("body"))) {
			origin.get("/old");
			Response again = origin.get("/old");
			assertThat(again.text()).isEqualTo("body");
			assertThat(again.history()).hasSize(1);
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@Test
	void staleResponseReplacesAnErrorIfAllowed() throws IOException {
		AtomicReference<Reply> reply = new AtomicReference<>(fresh("body"));
		try (CachedOrigin origin = CachedOrigin.start((request) -> reply.get(),
				(cache) -> cache.staleIfError(CachedOrigin.LONG))) {
			origin.get("/");
			reply.set(Reply.of(503, "down"));
			origin.pass(120);
			Response stale = origin.get("/");
			assertThat(stale.statusCode()).isEqualTo(200);
			assertThat(stale.headers().get("Cache-Status"))
				.isEqualTo("requests4j; fwd=stale; fwd-status=503; detail=stale-if-error");
			origin.pass(300);
			assertThat(origin.get("/").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void staleResponseReplacesAFailedConnection() throws IOException {
		try (CachedOrigin origin = CachedOrigin
			.start((request) -> Reply.of(200, "body", "Cache-Control: max-age=1, stale-if-error=60"))) {
			origin.get("/");
			origin.pass(10);
			origin.server().close();
			assertThat(origin.get("/").text()).isEqualTo("body");
			origin.pass(60);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> origin.get("/"));
		}
	}

	@Test
	void mustRevalidateForbidsStaleResponses() throws IOException {
		AtomicReference<Reply> reply = new AtomicReference<>(
				Reply.of(200, "body", "Cache-Control: max-age=1, must-revalidate"));
		try (CachedOrigin origin = CachedOrigin.start((request) -> reply.get(),
				(cache) -> cache.staleIfError(CachedOrigin.LONG).staleWhileRevalidate(CachedOrigin.LONG))) {
			origin.get("/");
			reply.set(Reply.of(503, "down"));
			origin.pass(2);
			assertThat(origin.get("/").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void staleResponseIsServedWhileItIsRefreshed() throws IOException {
		AtomicInteger version = new AtomicInteger();
		CountDownLatch release = new CountDownLatch(1);
		try (CachedOrigin origin = CachedOrigin.start((request) -> {
			int number = version.incrementAndGet();
			if (number == 2) {
				awaitQuietly(release);
			}
			return Reply.of(200, "v" + number, "Cache-Control: max-age=10, stale-while-revalidate=30");
		})) {
			origin.get("/");
			origin.pass(11);
			Response stale = origin.get("/");
			assertThat(stale.text()).isEqualTo("v1");
			assertThat(stale.headers().get("Cache-Status"))
				.isEqualTo("requests4j; hit; ttl=-1; detail=stale-while-revalidate");
			assertThat(origin.get("/").text()).isEqualTo("v1");
			release.countDown();
			await().untilAsserted(() -> assertThat(origin.get("/").text()).isEqualTo("v2"));
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void concurrentEqualRequestsAreCoalesced() throws Exception {
		int callers = 8;
		CountDownLatch release = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try (CachedOrigin origin = CachedOrigin.start((request) -> {
			awaitQuietly(release);
			return fresh("body");
		}, (cache) -> cache.collapse(true))) {
			List<Future<Response>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				calls.add(executor.submit(() -> origin.get("/")));
			}
			await().until(() -> origin.requests() == 1);
			release.countDown();
			int collapsed = 0;
			for (Future<Response> call : calls) {
				Response response = call.get(30, TimeUnit.SECONDS);
				assertThat(response.text()).isEqualTo("body");
				CacheStatus status = CacheStatus.of(response);
				collapsed += (status.collapsed() || status.hit()) ? 1 : 0;
			}
			assertThat(origin.requests()).isEqualTo(1);
			assertThat(collapsed).isEqualTo(callers - 1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void waitingForAnEqualRequestEndsWithTheReadTimeout() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger number = new AtomicInteger();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (CachedOrigin origin = CachedOrigin.start((request) -> {
			if (number.getAndIncrement() == 0) {
				awaitQuietly(release);
			}
			return fresh("body");
		}, (cache) -> cache.collapse(true))) {
			Future<Response> slow = executor.submit(() -> origin.get("/"));
			await().until(() -> origin.requests() == 1);
			Response own = origin.get("/", (request) -> request.timeout(Duration.ofMillis(100)));
			assertThat(own.text()).isEqualTo("body");
			release.countDown();
			assertThat(slow.get(30, TimeUnit.SECONDS).text()).isEqualTo("body");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void rangesAreServedFromCompleteAndPartialResponses() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(HttpCacheTests::range)) {
			origin.get("/whole");
			Response slice = origin.get("/whole", (request) -> request.header("Range", "bytes=2-4"));
			assertThat(slice.statusCode()).isEqualTo(206);
			assertThat(slice.text()).isEqualTo("234");
			assertThat(slice.headers()).containsEntry("Content-Range", "bytes 2-4/10")
				.containsEntry("Content-Length", "3");
			Response none = origin.get("/whole", (request) -> request.header("Range", "bytes=20-"));
			assertThat(none.statusCode()).isEqualTo(416);
			origin.get("/part", (request) -> request.header("Range", "bytes=0-5"));
			Response inner = origin.get("/part", (request) -> request.header("Range", "bytes=4-5"));
			assertThat(inner.text()).isEqualTo("45");
			assertThat(origin.requests()).isEqualTo(2);
			assertThat(origin.get("/part").text()).isEqualTo("0123456789");
			assertThat(origin.server().lastRequest().headers("Range")).containsExactly("bytes=6-");
			assertThat(origin.server().lastRequest().headers("If-Range")).containsExactly("\"v1\"");
			assertThat(origin.status("/part").hit()).isTrue();
			assertThat(origin.get("/part").text()).isEqualTo("0123456789");
			assertThat(origin.requests()).isEqualTo(3);
		}
	}

	private static Reply range(RawRequest request) {
		String digits = "0123456789";
		String range = request.header("Range");
		if (range == null) {
			return fresh(digits, "ETag: \"v1\"");
		}
		String[] ends = range.substring("bytes=".length()).split("-", -1);
		int first = Integer.parseInt(ends[0]);
		int last = ends[1].isEmpty() ? 9 : Integer.parseInt(ends[1]);
		return Reply.of(206, digits.substring(first, last + 1), "Cache-Control: max-age=60", "ETag: \"v1\"",
				"Content-Range: bytes " + first + "-" + last + "/10");
	}

	@Test
	void conditionalRequestIsAnsweredFromTheCache() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "ETag: \"v1\""))) {
			origin.get("/");
			assertThat(origin.get("/", (request) -> request.header("If-None-Match", "\"v1\"")).statusCode())
				.isEqualTo(304);
			assertThat(origin.get("/", (request) -> request.header("If-None-Match", "\"v0\"")).text())
				.isEqualTo("body");
			assertThat(origin.requests()).isEqualTo(1);
		}
	}

	@Test
	void headRequestIsAnsweredFromAStoredGet() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body"))) {
			origin.get("/");
			Response head = origin.session().head(origin.server().url("/"));
			assertThat(head.content()).isEmpty();
			assertThat(head.headers().get("Content-Length")).isEqualTo("4");
			assertThat(origin.requests()).isEqualTo(1);
		}
	}

	@Test
	void largeBodyIsStreamedWithoutStoringIt() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("x".repeat(20_000)),
				(cache) -> cache.maxSize(80_000))) {
			assertThat(origin.get("/").content()).hasSize(20_000);
			assertThat(origin.get("/").content()).hasSize(20_000);
			assertThat(origin.requests()).isEqualTo(2);
		}
	}

	@Test
	void storeStaysWithinItsSize() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("x".repeat(5_000)),
				(cache) -> cache.maxSize(50_000))) {
			for (int i = 0; i < 40; i++) {
				origin.get("/" + i);
			}
			assertThat(origin.cache().statistics().size()).isBetween(5_000L, 50_000L);
		}
	}

	@Test
	void entriesCanBeRemoved() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body"))) {
			origin.get("/a?x=1");
			origin.get("/b");
			origin.cache().evict(origin.server().url("/a?x=1"));
			assertThat(origin.status("/a?x=1").hit()).isFalse();
			assertThat(origin.status("/b").hit()).isTrue();
			origin.cache().clear();
			assertThat(origin.status("/b").hit()).isFalse();
		}
	}

	@Test
	void keyHeadersSelectSeparateResponses() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh(request.header("X-Tenant")),
				(cache) -> cache.keyHeaders("X-Tenant"))) {
			origin.status("/", "X-Tenant", "a");
			assertThat(origin.get("/", (request) -> request.header("X-Tenant", "b")).text()).isEqualTo("b");
			assertThat(origin.status("/", "X-Tenant", "a").hit()).isTrue();
		}
	}

	@Test
	void upstreamCacheStatusIsKept() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "Cache-Status: Edge; hit"))) {
			Response first = origin.get("/");
			assertThat(first.headers().getAll("Cache-Status")).containsExactly("Edge; hit",
					"requests4j; fwd=uri-miss; stored");
			assertThat(CacheStatus.of(first).hit()).isFalse();
			assertThat(origin.get("/").headers().getAll("Cache-Status")).containsExactly("requests4j; hit; ttl=60");
		}
	}

	@Test
	void invalidSettingsAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpCache.builder().maxSize(0))
			.withMessage("maxSize must be positive, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> HttpCache.builder().staleIfError(Duration.ofSeconds(-1)))
			.withMessage("staleIfError must not be negative, but is PT-1S");
	}

	@Test
	void headSurvivesSerialisation() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start((request) -> fresh("body", "Vary: Accept", "X-A: 1", "X-A: 2"))) {
			origin.get("/");
			StoredResponse stored = origin.cache().store().find(origin.server().url("/")).get(0);
			StoredResponse read = StoredResponse.fromBytes(stored.toBytes());
			assertThat(read).isNotNull();
			assertThat(read.id()).isEqualTo(stored.id());
			assertThat(read.headers().getAll("X-A")).containsExactly("1", "2");
			assertThat(read.vary()).isEqualTo(stored.vary()).isEqualTo(Map.of("accept", "*/*"));
			byte[] bytes = stored.toBytes();
			for (int i = 0; i < bytes.length; i++) {
				byte[] cut = Arrays.copyOf(bytes, i);
				assertThat(StoredResponse.fromBytes(cut)).as("%d bytes", i).isNull();
			}
		}
	}

}
