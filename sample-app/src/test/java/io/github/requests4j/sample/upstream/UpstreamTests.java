package io.github.requests4j.sample.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What the embedded services promise, seen by a client that is not ours.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=1ms", "depot.upstream.station-time=0ms" })
class UpstreamTests {

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager())
		.followRedirects(HttpClient.Redirect.NORMAL)
		.build();

	@LocalServerPort
	private int port;

	@Autowired
	private Troubles troubles;

	@AfterEach
	void calmDown() {
		for (Troubles.Service service : Troubles.Service.values()) {
			this.troubles.set(service, Trouble.NONE);
		}
	}

	@Test
	void catalogIsPagedByLinks() throws Exception {
		HttpResponse<String> first = get("/catalog/items?size=4");
		assertThat(first.body()).contains("\"id\":\"tea\"").contains("6.40").doesNotContain("honey");
		assertThat(first.headers().allValues("Link")).containsExactly(
				"<" + url("/catalog/items?size=4&page=3") + ">; rel=\"last\"",
				"<" + url("/catalog/items?size=4&page=2") + ">; rel=\"next\"");
		HttpResponse<String> last = get("/catalog/items?size=4&page=3");
		assertThat(last.headers().allValues("Link")).containsExactly(
				"<" + url("/catalog/items?size=4&page=3") + ">; rel=\"last\"",
				"<" + url("/catalog/items?size=4&page=2") + ">; rel=\"prev\"");
		assertThat(get("/catalog/items?size=4&page=99").headers().allValues("Link"))
			.anyMatch((link) -> link.contains("page=3") && link.endsWith("rel=\"prev\""));
	}

	@Test
	void catalogIsCompressed() throws Exception {
		HttpRequest request = request("/catalog/items").header("Accept-Encoding", "gzip").build();
		HttpResponse<byte[]> response = this.client.send(request, BodyHandlers.ofByteArray());
		assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
		byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
		assertThat(new String(unpacked, StandardCharsets.UTF_8)).contains("Green tea");
	}

	@Test
	void catalogReturns304ForItsEntityTag() throws Exception {
		HttpResponse<String> item = get("/catalog/items/tea");
		assertThat(item.headers().firstValue("Cache-Control")).contains("max-age=60");
		String tag = item.headers().firstValue("ETag").orElseThrow();
		HttpRequest again = request("/catalog/items/tea").header("If-None-Match", tag).build();
		assertThat(this.client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
	}

	@Test
	void unknownItemsAreProblems() throws Exception {
		HttpResponse<String> response = get("/catalog/items/gold");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body()).contains("No item 'gold'");
	}

	@Test
	void paymentsRequireCredentials() throws Exception {
		HttpRequest request = request("/payments/charges").build();
		HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate"))
			.hasValue("Basic realm=\"payments\", charset=\"UTF-8\"");
	}

	@Test
	void paymentIsMadeOncePerKey() throws Exception {
		HttpResponse<String> first = pay("key-1");
		assertThat(first.statusCode()).isEqualTo(201);
		assertThat(first.headers().firstValue("Location")).isPresent();
		assertThat(pay("key-1").body()).isEqualTo(first.body());
		assertThat(pay("key-2").body()).isNotEqualTo(first.body());
	}

	@Test
	void paymentsTakeTheGoodsAndStockIsNeverNegative() throws Exception {
		List<CompletableFuture<HttpResponse<String>>> payments = IntStream.range(0, 20)
			.mapToObj((i) -> this.client.sendAsync(
					payment("pot-" + i, "{\"item\":\"pot\",\"quantity\":1,\"amount\":48.00}"), BodyHandlers.ofString()))
			.toList();
		assertThat(payments).extracting((payment) -> payment.join().statusCode())
			.containsOnly(201, 409)
			.filteredOn((status) -> status == 201)
			.hasSize(9);
		assertThat(get("/catalog/items/pot").body()).contains("\"stock\":0");
	}

	@Test
	void parcelIsShippedOncePerKey() throws Exception {
		login();
		HttpRequest order = json("/shipping/parcels", "{\"charge\":\"c2\",\"item\":\"cup\",\"quantity\":1}")
			.header("Idempotency-Key", "parcel-2")
			.build();
		String first = this.client.send(order, BodyHandlers.ofString()).body();
		assertThat(this.client.send(order, BodyHandlers.ofString()).body()).isEqualTo(first);
	}

	@Test
	void shippingRequiresALoginAndRedirectsToTheParcels() throws Exception {
		assertThat(get("/shipping/parcels").statusCode()).isEqualTo(401);
		HttpResponse<String> parcels = login();
		assertThat(parcels.statusCode()).isEqualTo(200);
		assertThat(parcels.uri().getPath()).isEqualTo("/upstream/shipping/parcels");
	}

	@Test
	void shippingFollowsAParcelOverTwoRedirects() throws Exception {
		login();
		HttpRequest order = json("/shipping/parcels", "{\"charge\":\"c1\",\"item\":\"tea\",\"quantity\":2}")
			.header("Idempotency-Key", "parcel-1")
			.build();
		String id = this.client.send(order, BodyHandlers.ofString()).body().replaceAll(".*\"id\":\"(p\\d+)\".*", "$1");
		HttpResponse<String> tracked = get("/shipping/track/" + id);
		assertThat(tracked.body()).contains(id).contains("\"item\":\"tea\"");
		assertThat(tracked.previousResponse().orElseThrow().previousResponse()).isPresent();
	}

	@Test
	void shippingSendsEventsAndResumesAfterTheLast() throws Exception {
		login();
		HttpResponse<String> all = get("/shipping/parcels/p1/events");
		assertThat(all.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		assertThat(all.body()).startsWith("id: 1\nevent: station\n").contains("delivered");
		HttpRequest rest = request("/shipping/parcels/p1/events").header("Last-Event-ID", "4").build();
		assertThat(this.client.send(rest, BodyHandlers.ofString()).body()).startsWith("id: 5\n").contains("delivered");
	}

	@Test
	void shippingExportsTheAnnouncedLength() throws Exception {
		login();
		HttpResponse<byte[]> export = this.client.send(request("/shipping/export?rows=50000").build(),
				BodyHandlers.ofByteArray());
		assertThat(export.headers().firstValueAsLong("Content-Length")).hasValue(export.body().length);
		assertThat(new String(export.body(), StandardCharsets.US_ASCII)).contains("row 49999").hasLineCount(50000);
	}

	@Test
	void shippingReturnsSizeAndHashOfUploads() throws Exception {
		login();
		HttpRequest upload = request("/shipping/documents/note.txt").PUT(BodyPublishers.ofString("hello")).build();
		assertThat(this.client.send(upload, BodyHandlers.ofString()).body()).contains("\"size\":5")
			.contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
	}

	@Test
	void flakyServiceFailsEveryOtherCall() throws Exception {
		control("catalog", "flaky");
		HttpResponse<String> failed = get("/catalog/items");
		assertThat(failed.statusCode()).isEqualTo(503);
		assertThat(failed.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(get("/catalog/items").statusCode()).isEqualTo(200);
		assertThat(get("/catalog/items").statusCode()).isEqualTo(503);
	}

	@Test
	void slowServiceIsLateButCorrect() throws Exception {
		control("catalog", "slow");
		assertThat(get("/catalog/items").statusCode()).isEqualTo(200);
		assertThat(get("/catalog/items").statusCode()).isEqualTo(200);
	}

	@Test
	void deadServiceClosesConnectionsAndTheOthersWork() throws Exception {
		control("shipping", "dead");
		assertThatIOException().isThrownBy(() -> get("/shipping/parcels"));
		assertThat(get("/catalog/items").statusCode()).isEqualTo(200);
		assertThat(get("/control").body()).contains("\"SHIPPING\":\"DEAD\"").contains("\"CATALOG\":\"NONE\"");
	}

	@Test
	void controlRejectsUnknownFailures() throws Exception {
		HttpRequest request = form("/control", "service=catalog&trouble=bored").build();
		assertThat(this.client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
	}

	private void control(String service, String trouble) throws IOException, InterruptedException {
		HttpClient plain = HttpClient.newHttpClient();
		HttpRequest request = form("/control", "service=" + service + "&trouble=" + trouble).build();
		HttpResponse<Void> response = plain.send(request, BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(303);
		assertThat(response.headers().allValues("Location")).isEqualTo(List.of("/#" + service));
	}

	private HttpResponse<String> pay(String key) throws IOException, InterruptedException {
		return this.client.send(payment(key, "{\"item\":\"tea\",\"quantity\":2,\"amount\":12.80}"),
				BodyHandlers.ofString());
	}

	private HttpRequest payment(String key, String body) {
		return json("/payments/charges", body).header("Authorization", "Basic ZGVwb3Q6c2VjcmV0")
			.header("Idempotency-Key", key)
			.build();
	}

	private HttpResponse<String> login() throws IOException, InterruptedException {
		HttpRequest request = form("/shipping/login", "user=depot&password=secret").build();
		return this.client.send(request, BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder form(String path, String fields) {
		return request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(fields));
	}

	private HttpRequest.Builder json(String path, String body) {
		return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(url(path)));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + "/upstream" + path;
	}

}
