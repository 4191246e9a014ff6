package io.github.requests4j.spring.restclient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.MockServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * RestClient and RestTemplate over a session, with a real server.
 */
@ExtendWith(MockServers.class)
@Timeout(120)
class SessionRequestFactoryTests {

	private final MockWebServer server = new MockWebServer();

	private HttpAdapter adapter = HttpAdapter.builder().build();

	private Session session;

	private RestClient client;

	@BeforeEach
	void start() {
		use(Session.builder());
	}

	@AfterEach
	void nothingLeaks() {
		assertThat(this.adapter.poolStatistics().leased()).isZero();
		this.session.close();
	}

	private void use(Session.Builder builder) {
		this.session = builder.mount("http://", this.adapter).timeout(Duration.ofSeconds(30)).trustEnv(false).build();
		this.client = RestClient.builder()
			.requestFactory(SessionRequestFactory.of(this.session))
			.baseUrl(this.server.url("/").toString())
			.build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY" })
	void everyMethodSendsAndReceivesABody(String method) throws Exception {
		this.server.enqueue(text("answer"));
		ResponseEntity<String> entity = this.client.method(HttpMethod.valueOf(method))
			.uri("/items/{id}?q={q}", "a/b", "tea & cake")
			.contentType(MediaType.TEXT_PLAIN)
			.body("question")
			.retrieve()
			.toEntity(String.class);
		assertThat(entity.getBody()).isEqualTo("answer");
		RecordedRequest request = next();
		assertThat(request.getMethod()).isEqualTo(method);
		assertThat(request.getTarget()).isEqualTo("/items/a%2Fb?q=tea%20%26%20cake");
		assertThat(body(request)).isEqualTo("question");
		assertThat(request.getHeaders().values("Content-Length")).containsExactly("8");
	}

	@Test
	void getCanSendABody() {
		try (CountingServer counting = CountingServer.answering(200)) {
			String answer = this.client.method(HttpMethod.GET)
				.uri(counting.url() + "/search")
				.body("question")
				.retrieve()
				.body(String.class);
			assertThat(answer).isEqualTo("status 200");
			assertThat(counting.requests()).singleElement()
				.satisfies((request) -> assertThat(request.body()).isEqualTo("question"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD" })
	void everyMethodWorksWithoutABody(String method) throws Exception {
		this.server.enqueue(new MockResponse.Builder().code(204).build());
		ResponseEntity<Void> entity = this.client.method(HttpMethod.valueOf(method))
			.uri("/")
			.retrieve()
			.toBodilessEntity();
		assertThat(entity.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		RecordedRequest request = next();
		assertThat(request.getMethod()).isEqualTo(method);
		assertThat(body(request)).isEmpty();
		assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
	}

	@Test
	void headersWithSeveralValuesAreJoinedAndCookiesBySemicolons() throws Exception {
		this.server.enqueue(text("ok").newBuilder()
			.addHeader("X-Many", "a")
			.addHeader("X-Many", "b")
			.addHeader("Set-Cookie", "s=1")
			.addHeader("Set-Cookie", "t=2")
			.build());
		ResponseEntity<String> entity = this.client.get()
			.uri("/")
			.header("X-Sent", "1", "2")
			.header("X-Empty", "")
			.cookie("a", "1")
			.cookie("b", "2")
			.retrieve()
			.toEntity(String.class);
		assertThat(entity.getHeaders().get("x-many")).containsExactly("a", "b");
		assertThat(entity.getHeaders().get("Set-Cookie")).containsExactly("s=1", "t=2");
		RecordedRequest request = next();
		assertThat(request.getHeaders().get("X-Sent")).isEqualTo("1, 2");
		assertThat(request.getHeaders().get("X-Empty")).isEmpty();
		assertThat(request.getHeaders().get("Cookie")).isEqualTo("a=1; b=2");
	}

	@Test
	void hostAndExpectAreSentAsGiven() throws Exception {
		this.server.enqueue(text("ok"));
		this.client.post()
			.uri("/")
			.header("Host", "shop.example.com")
			.header("Expect", "100-continue")
			.body("data")
			.retrieve()
			.toBodilessEntity();
		RecordedRequest request = next();
		assertThat(request.getHeaders().get("Host")).isEqualTo("shop.example.com");
		assertThat(request.getHeaders().get("Expect")).isEqualTo("100-continue");
		assertThat(body(request)).isEqualTo("data");
	}

	@Test
	void headersParamsAuthAndCookiesOfTheSessionAreAdded() throws Exception {
		use(Session.builder()
			.baseUrl(this.server.url("/").toString())
			.header("X-Team", "depot")
			.param("key", "k")
			.auth("ann", "secret"));
		this.server.enqueue(text("ok").newBuilder().addHeader("Set-Cookie", "s=1").build());
		this.server.enqueue(text("ok"));
		this.client.get().uri("/a?b=c").retrieve().toBodilessEntity();
		this.client.get().uri("/a").header("X-Team", "mine").retrieve().toBodilessEntity();
		RecordedRequest first = next();
		assertThat(first.getTarget()).isEqualTo("/a?b=c&key=k");
		assertThat(first.getHeaders().get("X-Team")).isEqualTo("depot");
		assertThat(first.getHeaders().get("Authorization")).isEqualTo("Basic YW5uOnNlY3JldA==");
		RecordedRequest second = next();
		assertThat(second.getHeaders().get("X-Team")).isEqualTo("mine");
		assertThat(second.getHeaders().get("Cookie")).isEqualTo("s=1");
	}

	@Test
	void authorizationOfTheCallTakesPrecedence() throws Exception {
		use(Session.builder().auth("ann", "secret"));
		this.server.enqueue(text("ok"));
		this.client.get().uri("/").headers((headers) -> headers.setBearerAuth("mine")).retrieve().toBodilessEntity();
		assertThat(next().getHeaders().get("Authorization")).isEqualTo("Bearer mine");
	}

	@Test
	void relativeUrisAreJoinedToTheBaseUrlOfTheSession() throws Exception {
		use(Session.builder().baseUrl(this.server.url("/v1").toString()));
		this.server.enqueue(text("ok"));
		RestClient plain = RestClient.builder().requestFactory(SessionRequestFactory.of(this.session)).build();
		assertThat(plain.get().uri("/items/{id}", 7).retrieve().body(String.class)).isEqualTo("ok");
		assertThat(next().getTarget()).isEqualTo("/v1/items/7");
	}

	@Test
	void jsonIsWrittenAndRead() throws Exception {
		this.server.enqueue(new MockResponse.Builder().body("{\"name\":\"tea\"}")
			.addHeader("Content-Type", "application/json")
			.build());
		Item item = this.client.post()
			.uri("/")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item("coffee"))
			.retrieve()
			.body(Item.class);
		assertThat(item).isEqualTo(new Item("tea"));
		assertThat(body(next())).isEqualTo("{\"name\":\"coffee\"}");
	}

	@Test
	void multipartHasItsFieldsAndFiles() throws Exception {
		this.server.enqueue(text("ok"));
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("title", "Größe");
		parts.add("file", new ByteArrayResource("content".getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return "a.txt";
			}

		});
		this.client.post()
			.uri("/")
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(parts)
			.retrieve()
			.toBodilessEntity();
		RecordedRequest request = next();
		assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data;").contains("boundary=");
		assertThat(body(request)).contains("name=\"title\"", "Größe", "filename=\"a.txt\"", "content");
	}

	@Test
	void aFormIsUrlEncoded() throws Exception {
		this.server.enqueue(text("ok"));
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("a", "1 2");
		form.add("a", "3");
		this.client.post()
			.uri("/")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form)
			.retrieve()
			.toBodilessEntity();
		assertThat(body(next())).isEqualTo("a=1+2&a=3");
	}

	@Test
	void aBodyWithoutAKnownLengthIsSentInChunks() throws Exception {
		this.server.enqueue(text("ok"));
		this.client.post()
			.uri("/")
			.body(new InputStreamResource(new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8))))
			.retrieve()
			.toBodilessEntity();
		RecordedRequest request = next();
		assertThat(request.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
		assertThat(body(request)).isEqualTo("streamed");
	}

	@Test
	void bufferedContentHasALength() throws Exception {
		this.server.enqueue(text("ok"));
		RestClient buffering = this.client.mutate().bufferContent((uri, method) -> true).build();
		String answer = buffering.post()
			.uri("/")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item("tea"))
			.exchange((request, response) -> response.bodyTo(String.class) + response.bodyTo(String.class));
		assertThat(answer).isEqualTo("okok");
		RecordedRequest request = next();
		assertThat(request.getHeaders().get("Content-Length")).isEqualTo("14");
		assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
	}

	@Test
	void explicitContentLengthAppliesToTheStreamedBody() throws Exception {
		this.server.enqueue(text("ok"));
		this.client.put()
			.uri("/")
			.contentLength(4)
			.body((out) -> out.write("data".getBytes(StandardCharsets.UTF_8)))
			.retrieve()
			.toBodilessEntity();
		RecordedRequest request = next();
		assertThat(request.getHeaders().values("Content-Length")).containsExactly("4");
		assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
		assertThat(body(request)).isEqualTo("data");
	}

	@Test
	void aContentLengthWithoutABodyIsNotSent() throws Exception {
		this.server.enqueue(text("ok"));
		this.client.get().uri("/").header("Content-Length", "5").retrieve().toBodilessEntity();
		assertThat(next().getHeaders().get("Content-Length")).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 3, 5 })
	void bodyOfTheWrongLengthFails(long length) {
		this.server.enqueue(text("ok"));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.client.put()
				.uri("/")
				.contentLength(length)
				.body((out) -> out.write("data".getBytes(StandardCharsets.UTF_8)))
				.retrieve()
				.toBodilessEntity())
			.withMessageContaining("Content-Length says " + length);
	}

	@Test
	void gzipIsDecodedAndItsHeadersAreRemoved() throws Exception {
		this.server.enqueue(gzip("tea"));
		ResponseEntity<String> entity = this.client.get().uri("/").retrieve().toEntity(String.class);
		assertThat(entity.getBody()).isEqualTo("tea");
		assertThat(entity.getHeaders().containsHeader("Content-Encoding")).isFalse();
		assertThat(entity.getHeaders().containsHeader("Content-Length")).isFalse();
		assertThat(entity.getHeaders().getFirst("Content-Type")).isEqualTo("text/plain");
		assertThat(next().getHeaders().get("Accept-Encoding")).contains("gzip");
	}

	@Test
	void unknownCodingIsNotDecoded() {
		this.server.enqueue(text("raw").newBuilder().addHeader("Content-Encoding", "rot13").build());
		ResponseEntity<String> entity = this.client.get().uri("/").retrieve().toEntity(String.class);
		assertThat(entity.getBody()).isEqualTo("raw");
		assertThat(entity.getHeaders().getFirst("Content-Encoding")).isEqualTo("rot13");
		assertThat(entity.getHeaders().getContentLength()).isEqualTo(3);
	}

	@Test
	void decodedCodingsAreRemovedFromTheHeader() throws IOException {
		this.server.enqueue(gzip("raw").newBuilder().setHeader("Content-Encoding", "rot13, gzip").build());
		ResponseEntity<String> entity = this.client.get().uri("/").retrieve().toEntity(String.class);
		assertThat(entity.getBody()).isEqualTo("raw");
		assertThat(entity.getHeaders().getFirst("Content-Encoding")).isEqualTo("rot13");
		assertThat(entity.getHeaders().containsHeader("Content-Length")).isFalse();
	}

	@Test
	void headersOfHeadMatchTheDecodedBodyOfGet() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Encoding", "gzip")
			.setHeader("Content-Length", "77")
			.build());
		HttpHeaders headers = this.client.head().uri("/").retrieve().toBodilessEntity().getHeaders();
		assertThat(headers.containsHeader("Content-Encoding")).isFalse();
		assertThat(headers.containsHeader("Content-Length")).isFalse();
	}

	@Test
	void statusesAreLeftToTheStatusHandlers() {
		this.server.enqueue(text("gone").newBuilder().code(404).build());
		this.server.enqueue(text("broken").newBuilder().code(503).build());
		this.server.enqueue(text("teapot").newBuilder().code(418).build());
		assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
			.isThrownBy(() -> this.client.get().uri("/").retrieve().body(String.class))
			.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("gone"));
		assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
			.isThrownBy(() -> this.client.get().uri("/").retrieve().toBodilessEntity());
		String handled = this.client.get()
			.uri("/")
			.retrieve()
			.onStatus(HttpStatusCode::isError, (request, response) -> {
			})
			.body(String.class);
		assertThat(handled).isEqualTo("teapot");
	}

	@Test
	void unknownStatusIsKept() {
		this.server.enqueue(new MockResponse.Builder().status("HTTP/1.1 299 Odd But Fine").body("x").build());
		String line = this.client.get()
			.uri("/")
			.exchange((request, response) -> response.getStatusCode().value() + " " + response.getStatusText());
		assertThat(line).isEqualTo("299 Odd But Fine");
	}

	@Test
	void interceptorsSeeAndChangeRequestAndResponse() throws Exception {
		this.server.enqueue(text("first"));
		this.server.enqueue(text("second"));
		List<String> seen = new ArrayList<>();
		ClientHttpRequestInterceptor twice = (request, body, execution) -> {
			request.getHeaders().set("X-Signed", "len-" + body.length);
			try (ClientHttpResponse dropped = execution.execute(request, body)) {
				seen.add(dropped.getStatusCode() + " " + request.getURI().getPath());
			}
			return execution.execute(request, body);
		};
		RestClient intercepted = this.client.mutate()
			.requestInterceptor(twice)
			.requestInterceptor(new BasicAuthenticationInterceptor("ann", "secret"))
			.build();
		assertThat(intercepted.post().uri("/x").body("data").retrieve().body(String.class)).isEqualTo("second");
		assertThat(seen).containsExactly("200 OK /x");
		for (int i = 0; i < 2; i++) {
			RecordedRequest request = next();
			assertThat(request.getHeaders().get("X-Signed")).isEqualTo("len-4");
			assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic YW5uOnNlY3JldA==");
			assertThat(body(request)).isEqualTo("data");
			assertThat(request.getConnectionIndex()).isZero();
		}
	}

	@Test
	void requestCanBeExecutedOnlyOnce() throws Exception {
		this.server.enqueue(text("ok"));
		ClientHttpRequest request = SessionRequestFactory.of(this.session)
			.createRequest(this.server.url("/").uri(), HttpMethod.POST);
		request.getBody().write("data".getBytes(StandardCharsets.UTF_8));
		assertThatIllegalStateException()
			.isThrownBy(() -> ((StreamingHttpOutputMessage) request).setBody((out) -> out.write(1)));
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getBody()).isSameAs(response.getBody());
			assertThat(response.getBody()).hasContent("ok");
		}
		assertThatIllegalStateException().isThrownBy(request::execute);
		assertThatIllegalStateException().isThrownBy(request::getBody);
		assertThat(body(next())).isEqualTo("data");
	}

	@Test
	void bodyAndSetBodyExcludeEachOther() {
		ClientHttpRequest request = SessionRequestFactory.of(this.session)
			.createRequest(URI.create("/"), HttpMethod.POST);
		((StreamingHttpOutputMessage) request).setBody((out) -> out.write(1));
		assertThatIllegalStateException().isThrownBy(request::getBody);
	}

	@Test
	void closingTwiceAndReadingAfterwardsAreHarmless() throws Exception {
		this.server.enqueue(text("unread"));
		ClientHttpResponse response = SessionRequestFactory.of(this.session)
			.createRequest(this.server.url("/").uri(), HttpMethod.GET)
			.execute();
		response.close();
		response.close();
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 10));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionOfAnUnreadBodyIsReused(boolean chunked) throws Exception {
		MockResponse.Builder unread = new MockResponse.Builder().addHeader("Content-Type", "text/plain");
		String content = "x".repeat(20_000);
		MockResponse response = (chunked ? unread.chunkedBody(content, 1000) : unread.body(content)).build();
		for (int i = 0; i < 3; i++) {
			this.server.enqueue(response);
		}
		this.client.get().uri("/").retrieve().toBodilessEntity();
		int first = this.client.get().uri("/").exchange((request, answer) -> answer.getBody().read());
		assertThat(first).isEqualTo('x');
		this.client.get().uri("/").retrieve().toBodilessEntity();
		for (int i = 0; i < 3; i++) {
			assertThat(next().getExchangeIndex()).isEqualTo(i);
		}
	}

	@Test
	void restOfALargeBodyIsDiscardedWithItsConnection() throws Exception {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(4_000_000)).build());
		this.server.enqueue(text("ok"));
		this.client.get().uri("/").exchange((request, response) -> response.getBody().read());
		assertThat(this.adapter.poolStatistics().available()).isZero();
		assertThat(this.client.get().uri("/").retrieve().body(String.class)).isEqualTo("ok");
	}

	@Test
	void closingAnEventStreamDoesNotWait() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/event-stream;charset=utf-8")
			.chunkedBody("data: 1\n\n", 100)
			.throttleBody(20, 1, TimeUnit.HOURS)
			.build());
		int first = this.client.get().uri("/").exchange((request, response) -> response.getBody().read());
		assertThat(first).isEqualTo('d');
	}

	@Test
	void inputStreamOutlivesTheCallAndIsClosedByTheCaller() throws Exception {
		this.server.enqueue(text("streamed"));
		try (InputStream body = this.client.get().uri("/").retrieve().body(InputStream.class)) {
			assertThat(body).hasContent("streamed");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308 })
	void repeatableBodyIsSentAgainOnARedirect(int status) throws Exception {
		this.server.enqueue(new MockResponse.Builder().code(status).addHeader("Location", "/new").build());
		this.server.enqueue(text("ok"));
		String answer = this.client.post()
			.uri("/old")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item("tea"))
			.retrieve()
			.body(String.class);
		assertThat(answer).isEqualTo("ok");
		assertThat(body(next())).isEqualTo("{\"name\":\"tea\"}");
		RecordedRequest second = next();
		assertThat(second.getTarget()).isEqualTo("/new");
		assertThat(second.getMethod()).isEqualTo("POST");
		assertThat(body(second)).isEqualTo("{\"name\":\"tea\"}");
	}

	@Test
	void unrepeatableBodyIsNotSentTruncated() {
		this.server.enqueue(new MockResponse.Builder().code(307).addHeader("Location", "/new").build());
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.client.post()
				.uri("/old")
				.body((out) -> out.write("once".getBytes(StandardCharsets.UTF_8)))
				.retrieve()
				.toBodilessEntity())
			.withMessageContaining("is not repeatable");
		assertThat(this.server.getRequestCount()).isEqualTo(1);
	}

	@Test
	void retriesOfTheSessionApplyAndTheLastResponseIsReturned() throws Exception {
		this.adapter = HttpAdapter.builder()
			.maxRetries(Retry.builder()
				.total(2)
				.statusForcelist(503)
				.allowedMethods(List.of("PUT"))
				.raiseOnStatus(false)
				.backoffFactor(Duration.ZERO)
				.build())
			.build();
		use(Session.builder());
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(text("ok"));
		assertThat(put("data")).isEqualTo("ok");
		for (int i = 0; i < 2; i++) {
			assertThat(body(next())).isEqualTo("{\"name\":\"data\"}");
		}
		for (int i = 0; i < 3; i++) {
			this.server.enqueue(text("attempt " + i).newBuilder().code(503).build());
		}
		assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class).isThrownBy(() -> put("data"))
			.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("attempt 2"));
	}

	private String put(String name) {
		return this.client.put()
			.uri("/")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item(name))
			.retrieve()
			.body(String.class);
	}

	@Test
	void errorOfTheBodySourceIsNotAConnectionError() {
		this.server.enqueue(text("ok"));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.client.put().uri("/").body((out) -> {
				out.write(new byte[100]);
				throw new IOException("the disk is gone");
			}).retrieve().toBodilessEntity())
			.satisfies((ex) -> assertThat(ex).hasRootCauseMessage("the disk is gone"));
		assertThatIllegalStateException().isThrownBy(() -> this.client.put().uri("/").body((out) -> {
			out.write(new byte[100]);
			throw new IllegalStateException("no more");
		}).retrieve().toBodilessEntity()).withMessage("no more");
		assertThat(this.adapter.poolStatistics().available()).isZero();
	}

	@Test
	void transportFailuresHaveTypesOfTheJdk() throws Exception {
		int closedPort;
		try (ServerSocket socket = new ServerSocket(0)) {
			closedPort = socket.getLocalPort();
		}
		assertThat(failure("http://127.0.0.1:" + closedPort + "/")).hasCauseInstanceOf(ConnectException.class)
			.hasMessageStartingWith("I/O error on GET request for \"http://127.0.0.1:" + closedPort)
			.satisfies((ex) -> assertThat(ex.getCause().getCause()).isInstanceOf(ConnectionException.class));
		assertThat(failure("http://nowhere.invalid/")).hasCauseInstanceOf(UnknownHostException.class);
		assertThat(failure("ftp://127.0.0.1/")).hasCauseInstanceOf(IOException.class);
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		assertThat(failure(this.server.url("/").toString())).hasCauseInstanceOf(IOException.class)
			.satisfies((ex) -> assertThat(ex.getCause().getCause()).isInstanceOf(RequestException.class));
	}

	@Test
	void timeoutsAreSocketTimeouts() {
		this.session = this.session.derive((settings) -> settings.timeout(Duration.ofMillis(200)));
		this.client = this.client.mutate().requestFactory(SessionRequestFactory.of(this.session)).build();
		this.server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
		assertThat(failure(this.server.url("/").toString())).hasCauseInstanceOf(SocketTimeoutException.class)
			.satisfies((ex) -> assertThat(ex.getCause().getCause()).isInstanceOf(ReadTimeoutException.class));
	}

	@Test
	void truncatedBodyIsAnErrorWhileReading() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000))
			.addHeader("Content-Type", "text/plain")
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> this.client.get()
			.uri("/")
			.exchange((request, response) -> response.getBody().readAllBytes().length));
	}

	private ResourceAccessException failure(String url) {
		try {
			this.client.get().uri(URI.create(url)).retrieve().toBodilessEntity();
		}
		catch (ResourceAccessException ex) {
			return ex;
		}
		throw new AssertionError("The call to " + url + " did not fail");
	}

	@Test
	void manyThreadsShareOneClient() throws Exception {
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return text(request.getTarget() + " " + body(request));
			}

		});
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<String>> calls = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				int id = i;
				calls.add(() -> this.client.post()
					.uri("/{id}", id)
					.contentType(MediaType.APPLICATION_JSON)
					.body(new Item("i" + id))
					.retrieve()
					.body(String.class));
			}
			int id = 0;
			for (Future<String> answer : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
				assertThat(answer.get()).isEqualTo("/" + id + " {\"name\":\"i" + id++ + "\"}");
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void restTemplateIsSupported() throws Exception {
		RestTemplate template = new RestTemplate(SessionRequestFactory.of(this.session));
		this.server.enqueue(new MockResponse.Builder().body("{\"name\":\"tea\"}")
			.addHeader("Content-Type", "application/json")
			.build());
		this.server.enqueue(text("gone").newBuilder().code(404).build());
		this.server.enqueue(new MockResponse.Builder().addHeader("Allow", "GET, PUT").build());
		Item item = template.postForObject(this.server.url("/") + "items/{id}", new Item("cake"), Item.class,
				Map.of("id", 7));
		assertThat(item).isEqualTo(new Item("tea"));
		RecordedRequest request = next();
		assertThat(request.getTarget()).isEqualTo("/items/7");
		assertThat(body(request)).isEqualTo("{\"name\":\"cake\"}");
		assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
			.isThrownBy(() -> template.getForObject(this.server.url("/").toString(), String.class));
		assertThat(template.optionsForAllow(this.server.url("/").toString())).containsExactlyInAnyOrder(HttpMethod.GET,
				HttpMethod.PUT);
	}

	private RecordedRequest next() throws InterruptedException {
		RecordedRequest request = this.server.takeRequest(10, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	private static String body(RecordedRequest request) {
		return (request.getBody() != null) ? request.getBody().utf8() : "";
	}

	private static MockResponse text(String body) {
		return new MockResponse.Builder().body(body).addHeader("Content-Type", "text/plain").build();
	}

	private static MockResponse gzip(String text) throws IOException {
		Buffer encoded = new Buffer();
		try (okio.BufferedSink sink = Okio.buffer(new GzipSink(encoded))) {
			sink.writeUtf8(text);
		}
		return new MockResponse.Builder().body(encoded)
			.addHeader("Content-Type", "text/plain")
			.addHeader("Content-Encoding", "gzip")
			.build();
	}

	record Item(String name) {
	}

}
