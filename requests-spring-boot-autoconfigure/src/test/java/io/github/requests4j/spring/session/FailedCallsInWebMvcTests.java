package io.github.requests4j.spring.session;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.WithoutSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Failed calls in the controllers of a real web server.
 */
class FailedCallsInWebMvcTests {

	private static ConfigurableApplicationContext context;

	private static ServerSocket upstream;

	@BeforeAll
	static void start() throws IOException {
		upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		context = new SpringApplicationBuilder(Application.class)
			.properties(WithoutSecurity.property(), "server.port=0",
					"requests.sessions.shop.base-url=https://localhost:" + upstream.getLocalPort())
			.run();
	}

	@AfterAll
	static void stop() throws IOException {
		context.close();
		upstream.close();
	}

	@Test
	void closedHandshakeIsNotMistakenForADisconnectedClient() throws Exception {
		CompletableFuture<Void> closing = CompletableFuture.runAsync(FailedCallsInWebMvcTests::endOneHandshake);
		assertThatExceptionOfType(SslException.class).isThrownBy(() -> context.getBean(Session.class).get("/"))
			.withMessageContaining("Check that the server uses TLS on this port, and see its log.")
			.withStackTraceContaining("EOFException");
		closing.join();
		closing = CompletableFuture.runAsync(FailedCallsInWebMvcTests::endOneHandshake);
		assertThat(get("/call").statusCode()).isEqualTo(500);
		closing.join();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/pipe", "/reset", "/wrapped", "/error-page" })
	void failedCallIsStatus500(String path) {
		assertThat(get(path).statusCode()).isEqualTo(500);
	}

	@Test
	void handlersOfTheApplicationComeFirst() {
		assertThat(get("/handled").statusCode()).isEqualTo(418);
	}

	@Test
	void disconnectedClientIsNotAnError() {
		assertThat(get("/left").statusCode()).isEqualTo(200);
	}

	private static void endOneHandshake() {
		try (Socket socket = upstream.accept()) {
			socket.getInputStream().readNBytes(100);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Response get(String path) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return Requests.get("http://localhost:" + port + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handler.class, HandlerOfItsOwn.class })
	static class Application {

	}

	@RestController
	static class Handler {

		private final Session session;

		Handler(Session session) {
			this.session = session;
		}

		@GetMapping("/call")
		String call() {
			return this.session.get("/").text();
		}

		@GetMapping("/pipe")
		String pipe() {
			throw new ConnectionException("GET http://a.test/ failed", new IOException("Broken pipe"));
		}

		@GetMapping("/reset")
		String reset() {
			throw new ConnectionException("GET http://a.test/ failed", new IOException("Connection reset by peer"));
		}

		@GetMapping("/wrapped")
		String wrapped() {
			throw new IllegalStateException(new ConnectionException("failed", new EOFException("ended")));
		}

		@GetMapping("/error-page")
		String errorPage() {
			throw new HttpException("502 Server Error. The body: connection reset by peer");
		}

		@GetMapping("/left")
		String left() throws IOException {
			throw new IOException("Broken pipe");
		}

	}

	@RestController
	static class HandlerOfItsOwn {

		@GetMapping("/handled")
		String handled() {
			throw new ConnectionException("GET http://a.test/ failed", new IOException("Broken pipe"));
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
		void handle(ConnectionException ex) {
			assertThat(ex).hasMessageContaining("failed");
		}

	}

}
