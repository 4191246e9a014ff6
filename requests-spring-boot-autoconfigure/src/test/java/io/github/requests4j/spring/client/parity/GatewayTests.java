package io.github.requests4j.spring.client.parity;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.WithoutSecurity;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.parity.RequestApi.Item;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A controller returns the response of a client, and the caller of the controller can
 * read it.
 */
class GatewayTests {

	/** With a blank that no converter writes, so that the length changes where it may. */
	private static final String ITEM = "{\"name\": \"t\u00e4\",\"count\":2}";

	private static final WireServer UPSTREAM = new WireServer();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class)
			.properties(WithoutSecurity.property(), "server.port=0", "requests.sessions.s.base-url=" + UPSTREAM.url(),
					"parity.prefix=/")
			.run();
	}

	@AfterAll
	static void stop() throws Exception {
		context.close();
		UPSTREAM.close();
	}

	static List<Arguments> calls() {
		List<Arguments> calls = new ArrayList<>();
		for (String path : List.of("string", "bytes", "item", "map", "resource", "stream", "headers")) {
			for (int status : List.of(200, 404)) {
				for (boolean gzip : List.of(true, false)) {
					for (boolean chunked : List.of(true, false)) {
						calls.add(Arguments.of(path, status, gzip, chunked));
					}
				}
			}
		}
		return calls;
	}

	@ParameterizedTest
	@MethodSource("calls")
	void remoteClientReadsTheBody(String path, int status, boolean gzip, boolean chunked) {
		UPSTREAM.respond(response(status, gzip, chunked));
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		try (Session far = Requests.session()) {
			Response response = far.get("http://localhost:" + port + "/" + path);
			if (path.equals("headers") && status == 404) {
				// The interface throws for errors unless it returns an entity
				assertThat(response.statusCode()).isEqualTo(500);
				return;
			}
			assertThat(response.statusCode()).isEqualTo(status);
			boolean written = path.equals("item") || path.equals("map");
			assertThat(new String(response.content(), StandardCharsets.UTF_8))
				.isEqualTo(written ? ITEM.replace(": ", ":") : ITEM);
			assertThat(response.headers().getAll("X-Upstream")).containsExactly("1", "2");
			assertThat(response.headers().getAll("Transfer-Encoding").size()
					+ response.headers().getAll("Content-Length").size())
				.isEqualTo(1);
			assertThat(response.headers().containsKey("Content-Encoding")).isFalse();
			assertThat(response.headers().get("Content-Type")).startsWith("application/json");
		}
	}

	private static byte[] response(int status, boolean gzip, boolean chunked) {
		byte[] body = gzip ? ResponseCases.gzip(ITEM) : ITEM.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		write(response, "HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\nX-Upstream: 1\r\n"
				+ "X-Upstream: 2\r\n" + (gzip ? "Content-Encoding: gzip\r\n" : ""));
		write(response, chunked ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n"
				: "Content-Length: " + body.length + "\r\n\r\n");
		response.writeBytes(body);
		write(response, chunked ? "\r\n0\r\n\r\n" : "");
		return response.toByteArray();
	}

	private static void write(ByteArrayOutputStream response, String text) {
		response.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = ResponseApi.class)
	@Import(Gateway.class)
	static class Application {

	}

	@RestController
	static class Gateway {

		private final ResponseApi api;

		Gateway(ResponseApi api) {
			this.api = api;
		}

		@GetMapping("/string")
		ResponseEntity<String> string() {
			return this.api.stringEntity(HttpMethod.GET);
		}

		@GetMapping("/bytes")
		ResponseEntity<byte[]> bytes() {
			return this.api.bytesEntity(HttpMethod.GET);
		}

		@GetMapping("/item")
		ResponseEntity<Item> item() {
			return this.api.itemEntity(HttpMethod.GET);
		}

		@GetMapping("/map")
		ResponseEntity<Map<String, Object>> map() {
			return this.api.mapEntity(HttpMethod.GET);
		}

		@GetMapping("/resource")
		ResponseEntity<Resource> resource() {
			return this.api.resourceEntity(HttpMethod.GET);
		}

		@GetMapping("/stream")
		ResponseEntity<Resource> stream() {
			ResponseEntity<InputStream> entity = this.api.streamEntity(HttpMethod.GET);
			return ResponseEntity.status(entity.getStatusCode())
				.headers(entity.getHeaders())
				.body(new InputStreamResource(Objects.requireNonNull(entity.getBody())));
		}

		@GetMapping("/headers")
		ResponseEntity<String> headers() {
			return ResponseEntity.ok().headers(this.api.headers(HttpMethod.GET)).body(ITEM);
		}

	}

}
