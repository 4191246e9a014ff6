package io.github.requests4j.guide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.Paging;
import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConsoleProgress;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timings;
import io.github.requests4j.testserver.RawRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the first half of docs/guide/advanced.md shows: sessions, requests and bodies.
 */
class AdvancedSessionTests extends GuideSupport {

	@TempDir
	Path folder;

	@Test
	void sessionKeepsCookies() {
		String site = site();
		// tag::session-cookies[]
		try (Session session = Session.create()) {
			session.get(site + "/cookies/set?cart=42");
			Response response = session.get(site + "/cookies");
			System.out.println(response.json().path("cookies")); // {"cart":"42"}
		}
		// end::session-cookies[]
		assertThat(this.server.lastRequest().header("Cookie")).isEqualTo("cart=42");
	}

	@Test
	void sessionMergesSettings() {
		String site = site();
		// tag::session-merge[]
		try (Session session = Session.builder()
			.auth("user", "secret")
			.header("X-Team", "search")
			.header("X-Trace", "on")
			.build()) {
			session.get(site + "/headers", (request) -> request.header("X-Step", "2").header("X-Trace", null));
		}
		// end::session-merge[]
		assertThat(this.server.lastRequest().headerNames()).contains("Authorization", "X-Team", "X-Step")
			.doesNotContain("X-Trace");
		try (Session session = Session.create()) {
			// tag::call-cookies[]
			session.get(site + "/cookies", (request) -> request.cookie("from", "here"));
			session.get(site + "/cookies"); // without it
			// end::call-cookies[]
		}
		assertThat(this.server.lastRequest().header("Cookie")).isNull();
	}

	@Test
	void baseUrlAndDerive() {
		String site = site();
		// tag::base-url[]
		try (Session shop = Session.builder().baseUrl(site + "/anything/").auth("user", "secret").build()) {
			shop.get("orders", (request) -> request.param("open", true)); // .../anything/orders?open=true
			Session patient = shop.derive((settings) -> settings.timeout(Duration.ofMinutes(2)));
			patient.get("reports/2026"); // over the same connections
		}
		// end::base-url[]
		assertThat(this.server.requests()).extracting(RawRequest::target)
			.containsExactly("/anything/orders?open=true", "/anything/reports/2026");
		assertThat(this.server.connectionCount()).isOne();
	}

	@Test
	void requestAndResponse() {
		String site = site();
		// tag::request-of-response[]
		Response response = Requests.get(site + "/get");
		System.out.println(response.headers()); // what the server sent
		System.out.println(response.request().headers()); // what was sent to it
		// end::request-of-response[]
		assertThat(response.request().headers()).containsKey("User-Agent");
	}

	@Test
	void preparedRequests() {
		String site = site();
		// tag::prepared[]
		try (Session session = Session.builder().header("X-Team", "search").build()) {
			Request request = Request.of("POST", site + "/post", (o) -> o.data("first draft"));
			PreparedRequest prepared = session.prepareRequest(request);
			prepared.prepareBody(Body.of("final text"), List.of(), null);
			prepared.headers().remove("X-Team");
			Response response = session.send(prepared, SendOptions.of((o) -> o.timeout(Duration.ofSeconds(5))));
			System.out.println(response.statusCode()); // 200
		}
		// end::prepared[]
		assertThat(this.server.lastRequest().bodyText()).isEqualTo("final text");
		assertThat(this.server.lastRequest().headerNames()).doesNotContain("X-Team");
		// tag::environment-settings[]
		try (Session session = Session.create()) {
			PreparedRequest prepared = session.prepare("GET", site + "/get", (request) -> request.param("q", "tea"));
			SendOptions options = session.mergeEnvironmentSettings(prepared.url(), SendOptions.DEFAULTS);
			session.send(prepared, options);
		}
		// end::environment-settings[]
		assertThat(this.server.lastRequest().target()).isEqualTo("/get?q=tea");
		// tag::curl[]
		try (Session session = Session.builder().auth("user", "secret").build()) {
			PreparedRequest prepared = session.prepare("GET", site + "/get", (request) -> request.param("q", "tea"));
			System.out.println(prepared.toCurl()); // curl ... -H 'Authorization: ***' ...
		}
		// end::curl[]
		PreparedRequest prepared = Request.of("GET", site + "/get", (o) -> o.header("Authorization", "x")).prepare();
		assertThat(prepared.toCurl()).startsWith("curl ").contains("'Authorization: ***'");
	}

	@Test
	void bodyWorkflow() {
		String site = site();
		// tag::body-workflow[]
		try (Response response = Requests.get(site + "/bytes/2000", (request) -> request.stream(true))) {
			String length = response.headers().get("Content-Length");
			if (length != null && Long.parseLong(length) < 1_000_000) {
				byte[] content = response.content(); // only now the body is read
				System.out.println(content.length);
			}
		}
		// end::body-workflow[]
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void keepAlive() {
		String site = site();
		// tag::keep-alive[]
		try (Session session = Session.create()) {
			for (int i = 0; i < 10; i++) {
				session.get(site + "/get"); // ten requests, one connection
			}
		}
		// end::keep-alive[]
		assertThat(this.server.connectionCount()).isOne();
	}

	@Test
	void streamingUploads() throws IOException {
		String site = site();
		Path video = Files.write(this.folder.resolve("video.mp4"), new byte[5000]);
		// tag::upload-file[]
		Requests.post(site + "/post", (request) -> request.data(video));
		// end::upload-file[]
		assertThat(this.server.lastRequest().body()).hasSize(5000);
		assertThat(this.server.lastRequest().header("Content-Length")).isEqualTo("5000");
		// tag::upload-stream[]
		try (InputStream in = Files.newInputStream(video)) {
			Requests.post(site + "/post", (request) -> request.data(in));
		}
		// end::upload-stream[]
		assertThat(this.server.lastRequest().body()).hasSize(5000);
		byte[] bytes = new byte[10];
		// tag::upload-supplied[]
		Body body = Body.supplied(() -> new ByteArrayInputStream(bytes), bytes.length);
		Requests.put(site + "/put", (request) -> request.data(body));
		// end::upload-supplied[]
		assertThat(this.server.lastRequest().body()).hasSize(10);
		// tag::progress[]
		Requests.post(site + "/post", (request) -> request.data(video)
			.onProgress((direction, done, total) -> System.out.println(direction + " " + done + " of " + total)));
		// end::progress[]
		assertThat(this.server.lastRequest().body()).hasSize(5000);
		// tag::progress-bar[]
		try (ConsoleProgress bar = ConsoleProgress.of("video.mp4")) {
			Requests.post(site + "/post", (request) -> request.data(video).onProgress(bar));
		}
		// end::progress-bar[]
		assertThat(this.server.lastRequest().body()).hasSize(5000);
	}

	@Test
	void chunkedUploads() {
		String site = site();
		// tag::upload-chunked[]
		List<String> rows = List.of("tea,2\n", "cup,6\n");
		Requests.post(site + "/post", (request) -> request.data(rows.iterator()));
		// end::upload-chunked[]
		assertThat(this.server.lastRequest().header("Transfer-Encoding")).isEqualTo("chunked");
		assertThat(this.server.lastRequest().bodyText()).isEqualTo("tea,2\ncup,6\n");
	}

	@Test
	void severalFiles() throws IOException {
		String site = site();
		Path front = Files.write(this.folder.resolve("front.png"), new byte[10]);
		Path back = Files.write(this.folder.resolve("back.png"), new byte[10]);
		// tag::several-files[]
		Requests.post(site + "/post",
				(request) -> request.files(FilePart.of("images", front).withContentType("image/png"),
						FilePart.of("images", back).withContentType("image/png")));
		// end::several-files[]
		assertThat(this.server.lastRequest().bodyText()).contains("front.png", "back.png");
	}

	@Test
	void hooks() {
		String site = site();
		List<String> log = new CopyOnWriteArrayList<>();
		// tag::hook[]
		ResponseHook logging = (response, options) -> {
			log.add(response.statusCode() + " " + response.url());
			return null; // keep the response unchanged
		};
		Requests.get(site + "/redirect/1", (request) -> request.hook(logging));
		System.out.println(log); // the 302 and the 200
		// end::hook[]
		assertThat(log).hasSize(2);
		// tag::session-hook[]
		try (Session session = Session.builder()
			.hook((response, options) -> response.raiseForStatus())
			.hook(logging)
			.build()) {
			session.get(site + "/get");
		}
		// end::session-hook[]
		assertThat(log).hasSize(3);
	}

	@Test
	void listeners() {
		String site = site();
		List<String> lines = new CopyOnWriteArrayList<>();
		// tag::listener[]
		ExchangeListener timing = (exchange) -> {
			exchange.header("X-Request-Id", "7f3a"); // travels with this attempt only
			return new ExchangeListener.Scope() {

				@Override
				public void responded(Response response, Duration elapsed) {
					lines.add(exchange.kind() + " " + response.statusCode() + " after " + elapsed.toMillis() + " ms");
				}

				@Override
				public void failed(RequestException error, Duration elapsed) {
					lines.add(exchange.kind() + " failed: " + error.getMessage());
				}
			};
		};
		try (Session session = Session.builder().listener(timing).build()) {
			session.get(site + "/redirect/1");
		}
		// end::listener[]
		assertThat(lines).hasSize(2).first().asString().startsWith("FIRST 302 after ");
		assertThat(lines).last().asString().startsWith("REDIRECT 200 after ");
	}

	@Test
	void timings() {
		String site = site();
		try (Session session = Session.create()) {
			// tag::timings[]
			Response response = session.get(site + "/get");
			Timings timings = response.timings();
			System.out.println("The server took " + timings.firstByte() + " of " + timings.total());
			// end::timings[]
			assertThat(timings.firstByte()).isLessThan(timings.total());
		}
	}

	@Test
	void authentication() {
		String site = site();
		// tag::auth-kinds[]
		Requests.get(site + "/basic-auth/user/secret", (request) -> request.auth("user", "secret"));
		Requests.get(site + "/digest-auth/auth/user/secret",
				(request) -> request.auth(new HttpDigestAuth("user", "secret")));
		Requests.get(site + "/headers", (request) -> request.auth(new BearerAuth("token-of-today")));
		// end::auth-kinds[]
		assertThat(this.server.lastRequest().header("Authorization")).isEqualTo("Bearer token-of-today");
		// tag::auth-custom[]
		Auth signature = (request) -> {
			request.headers().put("X-Signature", Integer.toHexString(String.valueOf(request.url()).hashCode()));
			return request;
		};
		Requests.get(site + "/headers", (request) -> request.auth(signature));
		// end::auth-custom[]
		assertThat(this.server.lastRequest().header("X-Signature")).isNotEmpty();
	}

	@Test
	void streamedLines() {
		String site = site();
		List<String> ids = new ArrayList<>();
		// tag::stream-lines[]
		try (Response response = Requests.get(site + "/stream/20", (request) -> request.stream(true));
				Stream<String> lines = response.lines()) {
			lines.limit(5).forEach(ids::add);
		}
		// end::stream-lines[]
		assertThat(ids).hasSize(5);
		// tag::stream-pieces[]
		try (Response response = Requests.get(site + "/bytes/100000", (request) -> request.stream(true))) {
			response.iterContent(8192).forEachRemaining((piece) -> System.out.println(piece.length));
		}
		// end::stream-pieces[]
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void verbs() {
		String site = site();
		// tag::custom-verb[]
		Response response = Requests.request("PROPFIND", site + "/anything/folder",
				(request) -> request.header("Depth", "1"));
		// end::custom-verb[]
		assertThat(response.json().path("method").asString()).isEqualTo("PROPFIND");
	}

	@Test
	void links() {
		String link = site() + "/response-headers?Link=%3C%2Fitems%3Fpage%3D2%3E%3B%20rel%3D%22next%22";
		// tag::links[]
		Response response = Requests.get(link);
		System.out.println(response.headers().get("Link")); // </items?page=2>; rel="next"
		System.out.println(response.links().next()); // the absolute URL of /items?page=2
		// end::links[]
		assertThat(response.links().get("next")).isNotNull()
			.satisfies((next) -> assertThat(next.url()).isEqualTo("/items?page=2"));
		assertThat(response.links().next()).isEqualTo(site() + "/items?page=2");
	}

	@Test
	void pages() {
		String link = site() + "/response-headers?Link=%3C%2Fget%3E%3B%20rel%3D%22next%22";
		// tag::pages[]
		try (Session session = Session.create(); Stream<Response> pages = session.pages(link)) {
			pages.map(Response::url).forEach(System.out::println);
		}
		// end::pages[]
		assertThat(this.server.lastRequest().target()).isEqualTo("/get");
	}

	@Test
	void waysToTheNextPage() {
		try (Session session = Session.builder().baseUrl(site()).build()) {
			// tag::paging[]
			Paging urls = Paging.nextUrl("/links/next");
			Paging cursors = Paging.cursor("/meta/next_cursor", "cursor");
			Paging numbers = Paging.pageNumber("page", 1, "/data");
			Paging own = Paging.of((page) -> page.headers().get("X-Next-Page"));
			Stream<Response> pages = session.pages("items", cursors, (request) -> request.param("size", 100));
			// end::paging[]
			assertThat(pages.isParallel()).isFalse();
			for (Paging paging : List.of(urls, own)) {
				assertThat(session.pages("get", paging)).hasSize(1);
			}
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.pages("get", numbers).forEach(Response::text))
				.withMessageContaining("'/data' of the page is not an array");
		}
	}

	@Test
	void headerOrder() {
		String site = site();
		// tag::header-order[]
		Requests.get(site + "/headers", (request) -> request.header("X-First", "1").header("X-Second", "2"));
		// end::header-order[]
		assertThat(this.server.lastRequest().headerNames()).containsSubsequence("User-Agent", "X-First", "X-Second");
	}

	@Test
	void encodings() {
		String site = site();
		// tag::apparent-encoding[]
		Response response = Requests.get(site + "/bytes/64");
		System.out.println(response.encoding()); // null: the headers do not say
		System.out.println(response.apparentEncoding()); // what the bytes look like
		// end::apparent-encoding[]
		assertThat(response.encoding()).isNull();
	}

	@Test
	void jsonOfAnError() {
		String site = site();
		// tag::migrate-json[]
		JsonNode json = Requests
			.get(site + "/get", (request) -> request.params(Map.of("q", "tea")).timeout(Duration.ofSeconds(3)))
			.raiseForStatus()
			.json();
		// end::migrate-json[]
		assertThat(json.path("args").path("q").asString()).isEqualTo("tea");
	}

}
