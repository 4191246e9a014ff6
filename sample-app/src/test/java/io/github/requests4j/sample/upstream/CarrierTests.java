package io.github.requests4j.sample.upstream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The carrier, its tokens and the counts of each copy, seen by a client that is not ours.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=1ms", "depot.upstream.station-time=0ms" })
class CarrierTests {

	@LocalServerPort
	private int port;

	@Test
	void quoteRequiresAToken() throws Exception {
		HttpResponse<String> rejected = send(request("/carrier/quotes?quantity=2"));
		assertThat(rejected.statusCode()).isEqualTo(401);
		assertThat(rejected.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"carrier\"");
		assertThat(send(request("/carrier/quotes?quantity=2").header("Authorization", "Bearer x")).statusCode())
			.isEqualTo(401);
		HttpResponse<String> token = token("depot:secret", "client_credentials");
		assertThat(token.headers().firstValue("Cache-Control")).hasValue("no-store");
		JsonNode issued = JsonMapper.shared().readTree(token.body());
		assertThat(issued.path("token_type").asString()).isEqualTo("Bearer");
		assertThat(issued.path("expires_in").asInt()).isEqualTo(120);
		HttpResponse<String> quote = send(request("/carrier/quotes?quantity=2").header("X-Copy", "a")
			.header("Authorization", "Bearer " + issued.path("access_token").asString()));
		assertThat(quote.body()).isEqualTo("{\"quantity\":2,\"price\":2.40}");
		assertThat(send(request("/usage/copies")).body())
			.contains("{\"copy\":\"a\",\"tokens\":1,\"logins\":0,\"quotes\":1,\"quotesPerSecond\":0.2}");
	}

	@Test
	void otherClientsAndGrantsGetNoToken() throws Exception {
		assertThat(token("depot:wrong", "client_credentials").statusCode()).isEqualTo(401);
		assertThat(token("depot:secret", "password").statusCode()).isEqualTo(400);
	}

	@Test
	void pageOfOneProcessNeedsNoRedis() throws Exception {
		URI page = URI.create("http://localhost:" + this.port + "/copies");
		assertThat(send(HttpRequest.newBuilder(page)).body()).contains("This is copy 1.", "in memory",
				"Ask for quotes");
	}

	private HttpResponse<String> token(String client, String grant) throws Exception {
		return send(request("/oauth2/token")
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.US_ASCII)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("X-Copy", "a")
			.POST(BodyPublishers.ofString("grant_type=" + grant)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/upstream" + path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

}
