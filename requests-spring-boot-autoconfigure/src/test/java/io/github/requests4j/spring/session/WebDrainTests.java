package io.github.requests4j.spring.session;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.requests4j.Session;
import io.github.requests4j.spring.WithoutSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The shutdown of an application with a real web server.
 */
class WebDrainTests {

	@Test
	void handlersInFlightCanMakeCallsUntilTheyFinish() throws Exception {
		try (MockWebServer upstream = new MockWebServer()) {
			upstream.start();
			upstream.enqueue(new MockResponse.Builder().body("in time").build());
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.properties(WithoutSecurity.property(), "server.port=0", "server.shutdown=graceful",
						"spring.lifecycle.timeout-per-shutdown-phase=20s",
						"requests.sessions.shop.base-url=" + upstream.url("/"))
				.run();
			Handler handler = context.getBean(Handler.class);
			Session session = context.getBean(Session.class);
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
				.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build(),
						HttpResponse.BodyHandlers.ofString());
			assertThat(handler.inside.await(20, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
			// The web server accepts no new requests: the shutdown has begun
			Awaitility.await().until(() -> isRefused(port));
			assertThat(closed).isNotDone();
			handler.goOn.countDown();
			assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("in time");
			closed.get(20, TimeUnit.SECONDS);
			assertThat(session.isClosed()).isTrue();
			assertThatIllegalStateException().isThrownBy(() -> session.get("/"));
			assertThat(upstream.getRequestCount()).isEqualTo(1);
		}
	}

	private static boolean isRefused(int port) {
		try (Socket socket = new Socket("localhost", port)) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handler.class)
	static class Application {

	}

	@RestController
	static class Handler {

		private final CountDownLatch inside = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final Session session;

		Handler(Session session) {
			this.session = session;
		}

		@GetMapping("/")
		String handle() throws InterruptedException {
			this.inside.countDown();
			assertThat(this.goOn.await(20, TimeUnit.SECONDS)).isTrue();
			return this.session.get("/").text();
		}

	}

}
