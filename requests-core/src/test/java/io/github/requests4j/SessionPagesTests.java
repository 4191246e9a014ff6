package io.github.requests4j;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Lists in pages: what is requested when, where the next page may be, and what fails.
 */
@Timeout(60)
class SessionPagesTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void linkHeadersAreFollowed() throws Exception {
		try (TestHttpServer server = linked(3); Session session = session()) {
			assertThat(texts(session.pages(server.url("/items")))).containsExactly("page 1", "page 2", "page 3");
			assertThat(targets(server)).containsExactly("/items", "/items?page=2", "/items?page=3");
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	void pageWithoutALinkIsTheLast() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			assertThat(session.pages(server.url("/items"))).hasSize(1);
		}
	}

	@Test
	void pageIsRequestedOnlyWhenNeeded() throws Exception {
		try (TestHttpServer server = linked(100); Session session = session()) {
			Stream<Response> pages = session.pages(server.url("/items"));
			assertThat(server.requests()).isEmpty();
			Iterator<Response> iterator = pages.iterator();
			assertThat(server.requests()).isEmpty();
			assertThat(iterator.next().text()).isEqualTo("page 1");
			assertThat(server.requests()).hasSize(1);
			assertThat(iterator.next().text()).isEqualTo("page 2");
			assertThat(server.requests()).hasSize(2);
			pages.close();
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void limitsRequestNoFurtherPage() throws Exception {
		try (TestHttpServer server = linked(100); Session session = session()) {
			assertThat(texts(session.pages(server.url("/items")).limit(2))).containsExactly("page 1", "page 2");
			assertThat(server.requests()).hasSize(2);
			assertThat(session.pages(server.url("/items"))
				.flatMap((page) -> Stream.of(page.text(), "more of " + page.text()))
				.limit(3)).containsExactly("page 1", "more of page 1", "page 2");
			assertThat(server.requests()).hasSize(4);
			assertThat(session.pages(server.url("/items")).parallel().findFirst()).isPresent();
			assertThat(server.requests()).hasSize(5);
		}
	}

	@Test
	void streamedPageIsReleasedByTheNextOneOrTheEnd() throws Exception {
		try (TestHttpServer server = linked(3); Session session = session()) {
			List<Response> seen = new ArrayList<>();
			try (Stream<Response> pages = session.pages(server.url("/items"), (options) -> options.stream(true))) {
				Iterator<Response> iterator = pages.iterator();
				seen.add(iterator.next());
				seen.add(iterator.next());
				assertThat(seen.get(0).content()).as("closed with the request for the next one").isEmpty();
				assertThat(seen.get(1).isContentConsumed()).isFalse();
			}
			assertThat(seen.get(1).content()).as("closed with the stream").isEmpty();
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void throwingConsumerEndsThePages() throws Exception {
		try (TestHttpServer server = linked(3); Session session = session()) {
			List<Response> seen = new ArrayList<>();
			assertThatIllegalStateException().isThrownBy(
					() -> session.pages(server.url("/items"), (options) -> options.stream(true)).forEach((page) -> {
						seen.add(page);
						throw new IllegalStateException("enough");
					}))
				.withMessage("enough");
			assertThat(seen).hasSize(1).allSatisfy((page) -> assertThat(page.content()).isEmpty());
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void urlsInThePagesMayBeRelativeOrAbsolute() throws Exception {
		AtomicInteger port = new AtomicInteger();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(switch (request.target()) {
			case "/api/items?size=2" -> "{\"links\":{\"next\":\"?page=2\"}}";
			case "/api/items?page=2" -> "{\"links\":{\"next\":\"items?page=3\"}}";
			case "/api/items?page=3" -> "{\"links\":{\"next\":\"/api/items?page=4\"}}";
			case "/api/items?page=4" ->
				"{\"links\":{\"next\":\"http://127.0.0.1:" + port.get() + "/api/items?page=5\"}}";
			case "/api/items?page=5" -> "{\"links\":{\"next\":\"//127.0.0.1:" + port.get() + "/api/items?page=6\"}}";
			case "/api/items?page=6" -> "{\"links\":{\"next\":null}}";
			default -> "\"unexpected " + request.target() + "\"";
		})); Session session = session()) {
			port.set(server.port());
			assertThat(session.pages(server.url("/api/items?size=2"), Paging.nextUrl("/links/next"))).hasSize(6);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"next\":null}", "{\"next\":\"\"}", "[]", "\"text\"", "" })
	void missingUrlEndsTheList(String body) throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(body)); Session session = session()) {
			assertThat(session.pages(server.url("/"), Paging.nextUrl("/next"))).hasSize(1);
			assertThat(session.pages(server.url("/"), Paging.cursor("/next", "c"))).hasSize(1);
		}
	}

	@Test
	void cursorsAreSentInTheParameter() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(switch (request.target()) {
			case "/items?size=2&q=a%20b" -> "{\"meta\":{\"next\":\"x&y= z\"}}";
			case "/items?size=2&q=a%20b&cursor=x%26y%3D+z" -> "{\"meta\":{\"next\":17}}";
			case "/items?size=2&q=a%20b&cursor=17" -> "{\"meta\":{\"next\":\"\"}}";
			default -> "\"unexpected " + request.target() + "\"";
		})); Session session = session()) {
			assertThat(session.pages(server.url("/items?size=2&q=a%20b"), Paging.cursor("/meta/next", "cursor")))
				.hasSize(3);
		}
	}

	@Test
	void numbersAreCountedUntilAPageIsEmpty() throws Exception {
		Function<RawRequest, Reply> twoPages = (request) -> Reply
			.json(request.target().contains("page=3") ? "{\"data\":[]}" : "{\"data\":[1,2]}");
		try (TestHttpServer server = TestHttpServer.start(twoPages); Session session = session()) {
			assertThat(session.pages(server.url("/items"), Paging.pageNumber("page", 1, "/data"),
					(options) -> options.param("size", 2)))
				.hasSize(3);
			assertThat(targets(server)).containsExactly("/items?size=2", "/items?size=2&page=2",
					"/items?size=2&page=3");
		}
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.json(request.target().endsWith("=9") ? "[]" : "[0]"));
				Session session = session()) {
			session.pages(server.url("/items"), Paging.pageNumber("p", 0, ""), (options) -> options.param("p", 7))
				.forEach(Response::json);
			assertThat(targets(server)).containsExactly("/items?p=7", "/items?p=8", "/items?p=9");
		}
	}

	@Test
	void customFunctionDecidesTheNextPage() throws Exception {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.of(200, "", "X-Next: " + "12".indexOf(request.target().substring(1))));
				Session session = session()) {
			Paging own = Paging
				.of((page) -> page.url().endsWith("/3") ? null : (page.url().endsWith("/2") ? "3" : "2"));
			session.pages(server.url("/1"), own).forEach(Response::text);
			assertThat(targets(server)).containsExactly("/1", "/2", "/3");
		}
	}

	@Test
	void nextUrlRepeatsNoParam() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> linkTo(request.target().contains("page=3") ? null
				: request.target().contains("page=2") ? "/items?page=3" : request.target() + "&page=2"));
				Session session = Session.builder()
					.baseUrl(server.url("/"))
					.param("key", "k 1")
					.param("v", List.of(1, 2))
					.build()) {
			session
				.pages("items/{shop}",
						(options) -> options.uriVariable("shop", "a/b").param("q", "tea").header("X-Own", "1"))
				.forEach(Response::text);
			assertThat(targets(server)).containsExactly("/items/a%2Fb?key=k+1&v=1&v=2&q=tea",
					"/items/a%2Fb?key=k+1&v=1&v=2&q=tea&page=2", "/items?page=3&key=k+1&v=1&v=2");
			assertThat(server.requests()).extracting((request) -> request.header("X-Own")).containsOnly("1");
		}
	}

	@Test
	void everyPageHasTheSettingsAndTheTemplateOfTheCall() throws Exception {
		List<String> templates = new ArrayList<>();
		try (TestHttpServer server = linked(2);
				Session session = Session.builder()
					.baseUrl(server.url("/"))
					.auth("u", "p")
					.header("X-Session", "1")
					.interceptor((request, options, chain) -> {
						templates.add(options.context().uriTemplate());
						return chain.proceed(request, options);
					})
					.build()) {
			session.pages("{list}", (options) -> options.uriVariable("list", "items").cookie("c", "1"))
				.forEach(Response::text);
			assertThat(server.requests()).hasSize(2).allSatisfy((request) -> {
				assertThat(request.header("Authorization")).isEqualTo("Basic dTpw");
				assertThat(request.header("X-Session")).isEqualTo("1");
				assertThat(request.header("Cookie")).isEqualTo("c=1");
			});
			assertThat(templates).containsExactly("{list}", "{list}");
		}
	}

	@Test
	void credentialsInTheUrlApplyToEveryPage() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> linkTo(
				request.target().contains("page") ? null : "http://" + request.header("Host") + "/items?page=2"));
				Session session = session()) {
			String url = server.url("/items").replace("http://", "http://u:p@");
			session.pages(url).forEach(Response::text);
			assertThat(server.requests()).hasSize(2)
				.extracting((request) -> request.header("Authorization"))
				.containsOnly("Basic dTpw");
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:%d/items", "https://127.0.0.1:%d/items", "http://127.0.0.1/items",
			"ftp://127.0.0.1:%d/items", "//evil.example/items", "http://evil.example:%d@localhost:%1$d/",
			"javascript:alert(1)" })
	void pagesOfAnotherOriginAreNotRequested(String next) throws Exception {
		AtomicInteger port = new AtomicInteger();
		try (TestHttpServer server = TestHttpServer.start((request) -> linkTo(next.formatted(port.get())));
				Session session = Session.builder().auth("u", "p").trustEnv(false).build()) {
			port.set(server.port());
			List<String> seen = new ArrayList<>();
			assertThatExceptionOfType(InvalidUrlException.class)
				.isThrownBy(() -> session.pages(server.url("/items")).forEach((page) -> seen.add(page.text())))
				.withMessageStartingWith("GET " + server.url("/items") + ": the next page is ")
				.withMessageContaining("trustedOrigins")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(seen).as("the page before").hasSize(1);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void trustedOriginsMayHaveTheNextPage() throws Exception {
		try (TestHttpServer other = TestHttpServer.echo();
				TestHttpServer server = TestHttpServer.start((request) -> linkTo(other.url("/items?page=2")))) {
			for (boolean based : List.of(true, false)) {
				try (Session session = Session.builder()
					.trustedOrigins(other.url(""))
					.auth("u", "p")
					.trustEnv(false)
					.build();
						Session used = based ? session.derive((builder) -> builder.baseUrl(server.url("/")))
								: session) {
					assertThat(used.pages(server.url("/items"))).hasSize(2);
					assertThat(other.lastRequest().header("Authorization")).isEqualTo("Basic dTpw");
				}
			}
			try (Session session = Session.builder().baseUrl(other.url("/")).trustEnv(false).build()) {
				assertThat(session.pages(server.url("/items"))).as("the base URL").hasSize(2);
			}
		}
	}

	@Test
	void aRedirectToAnotherOriginDoesNotMakeItTrusted() throws Exception {
		try (TestHttpServer other = TestHttpServer.start((request) -> linkTo("/items?page=2"));
				TestHttpServer server = TestHttpServer.start((request) -> Reply.redirect(302, other.url("/moved")));
				Session session = session()) {
			assertThatExceptionOfType(InvalidUrlException.class)
				.isThrownBy(() -> session.pages(server.url("/items"), (options) -> options.auth("u", "p"))
					.forEach(Response::text))
				.withMessageStartingWith("GET " + other.url("/moved"));
			assertThat(other.requests()).hasSize(1)
				.allSatisfy((request) -> assertThat(request.header("Authorization")).isNull());
		}
	}

	@Test
	void relativeLinksAreResolvedAfterRedirects() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> switch (request.target()) {
			case "/old" -> Reply.redirect(301, "/new/items");
			case "/new/items" -> linkTo("items?page=2");
			default -> Reply.ok(request.target());
		}); Session session = session()) {
			assertThat(texts(session.pages(server.url("/old")).skip(1))).containsExactly("/new/items?page=2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::1/", "http://a\\b@c/" })
	void invalidLinkFails(String link) throws Exception {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.json("{\"next\":\"" + link.replace("\\", "\\\\") + "\"}"));
				Session session = session()) {
			assertThatExceptionOfType(InvalidUrlException.class)
				.isThrownBy(() -> session.pages(server.url("/items"), Paging.nextUrl("/next")).forEach(Response::text))
				.withMessageStartingWith("GET " + server.url("/items") + ": ");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7 })
	void loopsAreDetected(int length) throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> {
			String target = request.target();
			int page = target.contains("=") ? Integer.parseInt(target.substring(target.indexOf('=') + 1)) : 0;
			return linkTo("/items?page=" + ((page < 10) ? page + 1 : 11 + (page - 10) % length));
		}); Session session = session()) {
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.pages(server.url("/items")).forEach(Response::text))
				.withMessageContaining("fetched before")
				.withMessageStartingWith("GET " + server.url("/items?page="));
			assertThat(server.requests()).hasSizeLessThan(40);
		}
	}

	@Test
	void failuresNameThePage() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> request.target().contains("page=2")
				? Reply.of(500, "broken") : linkTo("?page=2&token=t1")); Session session = session()) {
			Iterator<Response> pages = session.pages(server.url("/items")).iterator();
			pages.next();
			assertThatExceptionOfType(HttpException.class).isThrownBy(pages::hasNext)
				.withMessageContaining(server.url("/items?page=2"))
				.withMessageNotContaining("t1")
				.satisfies((ex) -> assertThat(ex.response().text()).isEqualTo("broken"));
			assertThat(pages.hasNext()).as("after a failure").isFalse();
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void theBodyOfAStreamedFailureIsKept() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(500, "broken"));
				Session session = session()) {
			assertThatExceptionOfType(HttpException.class)
				.isThrownBy(() -> session.pages(server.url("/items"), (options) -> options.stream(true))
					.forEach(Response::text))
				.satisfies((ex) -> assertThat(ex.response().text()).isEqualTo("broken"));
		}
	}

	@Test
	void anotherCheckAcceptsErrors() throws Exception {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.target().contains("page=3") ? Reply.of(404, "[]") : Reply.json("[1]"));
				Session session = session()) {
			Paging lenient = Paging.pageNumber("page", 1, "").checkedBy((page) -> {
			});
			assertThat(session.pages(server.url("/items"), lenient)).extracting(Response::statusCode)
				.containsExactly(200, 200, 404);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"next\":{\"href\":\"/a\"}} | The value at '/next' of the page is not a string",
					"{\"next\":true} | The value at '/next' of the page is not a string",
					"<html/> | is not valid JSON" })
	void pagesOfAnotherFormatFail(String body, String message) throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(body)); Session session = session()) {
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.pages(server.url("/"), Paging.nextUrl("/next")).forEach(Response::text))
				.withMessageContaining(message);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | The value at '/data' of the page is missing",
			"{\"data\":{}} | The value at '/data' of the page is not an array" })
	void missingListFails(String body, String message) throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(body)); Session session = session()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(
					() -> session.pages(server.url("/"), Paging.pageNumber("page", 1, "/data")).forEach(Response::text))
				.withMessageContaining(message);
		}
	}

	@Test
	void invalidPageNumberFails() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json("[1]"));
				Session session = session()) {
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.pages(server.url("/?page=x"), Paging.pageNumber("page", 1, ""))
					.forEach(Response::text))
				.withMessageContaining("is not a number");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "next", "links/next" })
	void pointersAreCheckedImmediately(String pointer) {
		assertThatIllegalArgumentException().isThrownBy(() -> Paging.nextUrl(pointer));
		assertThatIllegalArgumentException().isThrownBy(() -> Paging.cursor(pointer, "cursor"));
	}

	@Test
	void retriesAndDeadlinesBelongToEachPage() throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (TestHttpServer server = TestHttpServer.start((request) -> (count.getAndIncrement() % 2 == 0)
				? Reply.of(503, "busy") : linkTo(request.target().contains("=5") ? null : "?page=" + count.get() / 2));
				Session session = Session.builder()
					.mount("http://",
							HttpAdapter.builder()
								.maxRetries(Retry.builder().total(1).statusForcelist(List.of(503)).build())
								.build())
					.deadline(LIMIT)
					.build()) {
			List<Response> pages = session.pages(server.url("/items")).toList();
			assertThat(pages).hasSize(6).allSatisfy((page) -> assertThat(page.attempts()).hasSize(1));
		}
	}

	@Test
	void closedSessionsMakeNoFurtherRequest() throws Exception {
		try (TestHttpServer server = linked(3)) {
			Session session = session();
			Iterator<Response> pages = session.pages(server.url("/items")).iterator();
			pages.next();
			session.close();
			assertThatIllegalStateException().isThrownBy(pages::hasNext);
			assertThatIllegalStateException().isThrownBy(() -> session.pages(server.url("/items")));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void manyPagesAreNotKept() throws Exception {
		try (TestHttpServer server = linked(500); Session session = session()) {
			List<WeakReference<Response>> seen = new ArrayList<>();
			Iterator<Response> pages = session.pages(server.url("/items")).iterator();
			int elements = 0;
			while (pages.hasNext()) {
				Response page = pages.next();
				seen.add(new WeakReference<>(page));
				elements += 20;
			}
			assertThat(elements).isEqualTo(10_000);
			assertCollected(seen.subList(0, 499));
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	private static void assertCollected(List<WeakReference<Response>> references) {
		for (int i = 0; i < 50 && references.stream().anyMatch((each) -> each.get() != null); i++) {
			System.gc();
		}
		assertThat(references).allSatisfy((each) -> assertThat(each.get()).isNull());
	}

	@Test
	void threadsReadTheirOwnPages() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (TestHttpServer server = linked(20); Session session = session()) {
			List<Future<List<String>>> lists = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				lists.add(threads.submit(() -> texts(session.pages(server.url("/items")))));
			}
			List<String> expected = IntStream.rangeClosed(1, 20).mapToObj((page) -> "page " + page).toList();
			for (Future<List<String>> list : lists) {
				assertThat(list.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
			}
			assertThat(server.requests()).hasSize(160);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void interruptEndsThePageInFlight() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try (TestHttpServer server = TestHttpServer.start((request) -> {
			if (!request.target().contains("page=2")) {
				return linkTo("?page=2");
			}
			arrived.countDown();
			await(done);
			return Reply.ok("");
		}); Session session = session()) {
			Future<Boolean> interrupted = threads.submit(() -> {
				assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> session.pages(server.url("/items")).forEach(Response::text));
				return Thread.interrupted();
			});
			await(arrived);
			threads.shutdownNow();
			assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			done.countDown();
		}
	}

	@Test
	void closingReleasesThePageInFlight() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try (TestHttpServer server = TestHttpServer.start((request) -> {
			arrived.countDown();
			await(closed);
			return linkTo("?page=" + request.target().length());
		}); Session session = session()) {
			Stream<Response> pages = session.pages(server.url("/items"));
			Iterator<Response> iterator = pages.iterator();
			Future<Boolean> more = threads.submit(iterator::hasNext);
			await(arrived);
			pages.close();
			closed.countDown();
			assertThat(more.get(30, TimeUnit.SECONDS)).isFalse();
			assertThat(server.requests()).hasSize(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Session session() {
		return Session.builder().trustEnv(false).timeout(LIMIT).build();
	}

	private static TestHttpServer linked(int count) throws IOException {
		return TestHttpServer.start((request) -> {
			String target = request.target();
			int page = target.contains("=") ? Integer.parseInt(target.substring(target.indexOf('=') + 1)) : 1;
			return (page < count)
					? Reply.of(200, "page " + page, "Link: </items?page=" + (page + 1) + ">; rel=\"next\"")
					: Reply.ok("page " + page);
		});
	}

	private static Reply linkTo(String next) {
		return (next != null) ? Reply.of(200, "", "Link: <" + next + ">; rel=next") : Reply.ok("");
	}

	private static List<String> texts(Stream<Response> pages) {
		return pages.map(Response::text).toList();
	}

	private static List<String> targets(TestHttpServer server) {
		return server.requests().stream().map(RawRequest::target).toList();
	}

}
