package io.github.requests4j.guide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.StatusCodes;
import io.github.requests4j.testserver.BlackHole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What docs/guide/quickstart.md shows.
 */
class QuickstartTests extends GuideSupport {

	@TempDir
	Path folder;

	@Test
	void makeARequest() {
		String site = site();
		// tag::get[]
		Response response = Requests.get(site + "/get");
		// end::get[]
		assertThat(response.ok()).isTrue();
		// tag::verbs[]
		Requests.post(site + "/post", (request) -> request.data(Map.of("item", "tea")));
		Requests.put(site + "/put", (request) -> request.data(Map.of("item", "tea")));
		Requests.patch(site + "/patch", (request) -> request.json(Map.of("quantity", 2)));
		Requests.delete(site + "/delete");
		Requests.head(site + "/get");
		Requests.options(site + "/get");
		// end::verbs[]
		assertThat(this.server.requests()).extracting((request) -> request.method())
			.containsExactly("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
	}

	@Test
	void passParameters() {
		String site = site();
		// tag::params[]
		Response response = Requests.get(site + "/get",
				(request) -> request.param("q", "green tea").param("size", 20).param("page", null));
		System.out.println(response.url()); // .../get?q=green+tea&size=20
		// end::params[]
		assertThat(response.url()).isEqualTo(site + "/get?q=green+tea&size=20");
		// tag::params-list[]
		response = Requests.get(site + "/get", (request) -> request.param("tag", List.of("hot", "new")));
		System.out.println(response.url()); // .../get?tag=hot&tag=new
		// end::params-list[]
		assertThat(response.url()).isEqualTo(site + "/get?tag=hot&tag=new");
		// tag::uri-variables[]
		response = Requests.get(site + "/anything/{shop}/items/{id}",
				(request) -> request.uriVariable("shop", "north/east").uriVariable("id", 7));
		System.out.println(response.url()); // .../anything/north%2Feast/items/7
		// end::uri-variables[]
		assertThat(response.url()).isEqualTo(site + "/anything/north%2Feast/items/7");
	}

	@Test
	void responseContent() {
		String site = site();
		// tag::text[]
		Response response = Requests.get(site + "/html");
		String page = response.text(); // <html><h1>Moby</h1></html>
		String encoding = response.encoding(); // utf-8, from the Content-Type
		// end::text[]
		assertThat(page).isEqualTo("<html><h1>Moby</h1></html>");
		assertThat(encoding).isEqualTo("utf-8");
		// tag::encoding[]
		response.encoding("ISO-8859-1");
		page = response.text(); // decoded again
		// end::encoding[]
		assertThat(page).contains("Moby");
	}

	@Test
	void binaryContent() {
		String site = site();
		Path folder = this.folder;
		// tag::content[]
		Response response = Requests.get(site + "/bytes/512");
		byte[] image = response.content();
		// end::content[]
		assertThat(image).hasSize(512);
		// tag::save[]
		try (Response photo = Requests.get(site + "/bytes/100000", (request) -> request.stream(true))) {
			long size = photo.raiseForStatus().saveTo(folder.resolve("photo.jpg"));
			System.out.println(size + " bytes saved");
		}
		// end::save[]
		assertThat(folder.resolve("photo.jpg")).hasSize(100000);
	}

	// tag::record[]
	record Order(String item, int quantity) {
	}
	// end::record[]

	@Test
	void jsonContent() {
		String site = site();
		// tag::json[]
		Response response = Requests.post(site + "/post", (request) -> request.json(new Order("tea", 2)));
		JsonNode tree = response.json();
		System.out.println(tree.path("json").path("item").asString()); // tea
		// end::json[]
		assertThat(tree.path("json").path("item").asString()).isEqualTo("tea");
		// tag::json-bind[]
		Echo<Order> echo = response.json(new TypeReference<Echo<Order>>() {
		});
		System.out.println(echo.json().quantity()); // 2
		// end::json-bind[]
		assertThat(echo.json()).isEqualTo(new Order("tea", 2));
	}

	record Echo<T>(T json) {
	}

	@Test
	void rawContent() throws IOException {
		String site = site();
		// tag::raw[]
		try (Response response = Requests.get(site + "/gzip", (request) -> request.stream(true));
				InputStream raw = response.raw()) {
			byte[] start = raw.readNBytes(2); // 0x1f 0x8b: still compressed
			System.out.println(start.length);
		}
		// end::raw[]
		// tag::body-stream[]
		try (Response response = Requests.get(site + "/gzip", (request) -> request.stream(true));
				InputStream decoded = response.bodyStream()) {
			System.out.write(decoded.readAllBytes());
		}
		// end::body-stream[]
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void customHeaders() {
		String site = site();
		// tag::headers[]
		Response response = Requests.get(site + "/headers",
				(request) -> request.header("User-Agent", "depot/1.2").header("X-Team", "search"));
		// end::headers[]
		assertThat(response.json().path("headers").path("X-Team").asString()).isEqualTo("search");
	}

	@Test
	void morePosts() {
		String site = site();
		// tag::form[]
		Response response = Requests.post(site + "/post",
				(request) -> request.data(Map.of("item", "tea", "size", List.of("S", "L"))));
		System.out.println(response.json().path("form")); // item=tea, size=[S, L]
		// end::form[]
		assertThat(response.json().path("form").path("size").size()).isEqualTo(2);
		// tag::post-text[]
		Requests.post(site + "/post",
				(request) -> request.data("{\"item\":\"tea\"}").header("Content-Type", "application/json"));
		Requests.post(site + "/post", (request) -> request.json(Map.of("item", "tea")));
		// end::post-text[]
		assertThat(this.server.lastRequest().bodyText()).isEqualTo("{\"item\":\"tea\"}");
		assertThat(this.server.lastRequest().header("Content-Type")).isEqualTo("application/json");
	}

	@Test
	void multipart() throws IOException {
		String site = site();
		Path report = Files.writeString(this.folder.resolve("report.csv"), "a,b\n1,2\n");
		// tag::file[]
		Requests.post(site + "/post", (request) -> request.file("file", report));
		// end::file[]
		assertThat(this.server.lastRequest().bodyText()).contains("name=\"file\"; filename=\"report.csv\"");
		// tag::file-part[]
		FilePart part = FilePart.of("file", "june.csv", Body.of(report))
			.withContentType("text/csv")
			.withHeaders(Map.of("X-Rows", "1"));
		Requests.post(site + "/post", (request) -> request.files(part).data(Map.of("month", "June")));
		// end::file-part[]
		assertThat(this.server.lastRequest().bodyText()).contains("filename=\"june.csv\"", "Content-Type: text/csv",
				"X-Rows: 1", "name=\"month\"");
		// tag::file-text[]
		Requests.post(site + "/post", (request) -> request.files(FilePart.of("file", "note.txt", "some text")));
		// end::file-text[]
		assertThat(this.server.lastRequest().bodyText()).contains("filename=\"note.txt\"", "some text");
	}

	@Test
	void statusCodes() {
		String site = site();
		// tag::status[]
		Response response = Requests.get(site + "/get");
		System.out.println(response.statusCode()); // 200
		System.out.println(response.statusCode() == StatusCodes.OK); // true
		// end::status[]
		assertThat(response.statusCode()).isEqualTo(StatusCodes.OK);
		// tag::raise[]
		Response missing = Requests.get(site + "/status/404");
		try {
			missing.raiseForStatus();
		}
		catch (HttpException ex) {
			// 404 Client Error: Not Found for url: ...
			System.out.println(ex.getMessage());
		}
		// end::raise[]
		assertThatExceptionOfType(HttpException.class).isThrownBy(missing::raiseForStatus)
			.withMessageStartingWith("404 Client Error: Not Found for url: " + site + "/status/404 (GET). ");
		// tag::raise-chain[]
		JsonNode json = Requests.get(site + "/get").raiseForStatus().json();
		// end::raise-chain[]
		assertThat(json.isObject()).isTrue();
	}

	@Test
	void responseHeaders() {
		String site = site();
		// tag::response-headers[]
		Response response = Requests.get(site + "/get");
		String type = response.headers().get("content-type"); // any case will do
		// end::response-headers[]
		assertThat(type).isEqualTo("application/json");
		// tag::repeated-headers[]
		response = Requests.get(site + "/response-headers?Via=one&Via=two");
		String joined = response.headers().get("Via"); // one, two
		List<String> all = response.headers().getAll("Via"); // [one, two]
		// end::repeated-headers[]
		assertThat(joined).isEqualTo("one, two");
		assertThat(all).containsExactly("one", "two");
	}

	@Test
	void cookies() {
		String site = site();
		// tag::response-cookies[]
		Response response = Requests.get(site + "/response-headers?Set-Cookie=flavour%3Doat");
		String flavour = response.cookies().get("flavour"); // oat
		// end::response-cookies[]
		assertThat(flavour).isEqualTo("oat");
		// tag::send-cookies[]
		response = Requests.get(site + "/cookies", (request) -> request.cookie("flavour", "plain"));
		System.out.println(response.json().path("cookies")); // {"flavour":"plain"}
		// end::send-cookies[]
		assertThat(response.json().path("cookies").path("flavour").asString()).isEqualTo("plain");
		// tag::cookie-jar[]
		CookieJar jar = new CookieJar();
		jar.set("size", "large", null, "/cookies");
		jar.set("size", "small", null, "/elsewhere");
		response = Requests.get(site + "/cookies", (request) -> request.cookies(jar));
		System.out.println(response.json().path("cookies")); // {"size":"large"}
		// end::cookie-jar[]
		assertThat(response.json().path("cookies").path("size").asString()).isEqualTo("large");
	}

	@Test
	void redirects() {
		String site = site();
		// tag::history[]
		Response response = Requests.get(site + "/redirect/2");
		System.out.println(response.statusCode()); // 200
		System.out.println(response.url()); // .../get
		for (Response hop : response.history()) {
			System.out.println(hop.statusCode() + " " + hop.headers().get("Location"));
		}
		// end::history[]
		assertThat(response.url()).isEqualTo(site + "/get");
		assertThat(response.history()).hasSize(2);
		// tag::no-redirects[]
		response = Requests.get(site + "/redirect/1", (request) -> request.allowRedirects(false));
		System.out.println(response.statusCode()); // 302
		System.out.println(response.next().url()); // what would have been next
		// end::no-redirects[]
		assertThat(response.statusCode()).isEqualTo(302);
		// tag::head-redirects[]
		response = Requests.head(site + "/redirect/1", (request) -> request.allowRedirects(true));
		// end::head-redirects[]
		assertThat(response.history()).hasSize(1);
	}

	@Test
	void timeouts() throws IOException {
		try (BlackHole hole = BlackHole.open()) {
			String silent = hole.url("http");
			// tag::timeout[]
			try {
				Requests.get(silent, (request) -> request.timeout(Duration.ofMillis(250)));
			}
			catch (ConnectTimeoutException ex) {
				System.out.println(ex.getMessage()); // ... timed out after 250ms ...
			}
			// end::timeout[]
			assertThatExceptionOfType(ConnectTimeoutException.class)
				.isThrownBy(() -> Requests.get(silent, (request) -> request.timeout(Duration.ofMillis(250))))
				.withMessageContaining("connect timed out after 250ms");
		}
	}

	@Test
	void errors() {
		String site = site();
		Order order = null;
		// tag::errors[]
		try {
			order = Requests.get(site + "/status/503").raiseForStatus().json(Order.class);
		}
		catch (HttpException ex) {
			System.out.println("the service says " + ex.statusCode());
		}
		catch (RequestException ex) {
			System.out.println("no usable answer: " + ex.getMessage());
		}
		// end::errors[]
		assertThat(order).isNull();
	}

	@Test
	void session() {
		String site = site();
		// tag::session[]
		try (Session session = Session.builder()
			.baseUrl(site)
			.header("X-Team", "search")
			.timeout(Duration.ofSeconds(5))
			.build()) {
			session.get("cookies/set?flavour=oat");
			JsonNode cookies = session.get("cookies").json().path("cookies");
			System.out.println(cookies); // {"flavour":"oat"}
		}
		// end::session[]
		assertThat(this.server.lastRequest().header("Cookie")).isEqualTo("flavour=oat");
	}

}
