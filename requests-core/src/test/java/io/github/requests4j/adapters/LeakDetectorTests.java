package io.github.requests4j.adapters;

import java.io.IOException;
import java.lang.ref.WeakReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.LogCapture;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Responses that are never closed.
 */
class LeakDetectorTests {

	@RegisterExtension
	private final LogCapture log = LogCapture.of(HttpAdapter.class);

	@Test
	@DisplayName("fault: Response never closed: it is logged with its call site, and its connection recovered")
	void abandonedResponseIsReported() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(1).poolBlock(true).build()) {
			forget(adapter, server.url("/path?token=hidden"));
			assertThat(adapter.poolStatistics().leased()).isEqualTo(1);
			await().until(() -> {
				System.gc();
				return adapter.poolStatistics().leased() == 0;
			});
			assertThat(Calls.text(adapter, server.url("/"))).isEqualTo("body");
			assertThat(this.log.events()).singleElement().satisfies((event) -> {
				assertThat(event.getFormattedMessage())
					.contains("never closed: GET http://" + server.authority() + "/path.")
					.doesNotContain("hidden");
				assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
					.anySatisfy((element) -> assertThat(element.toString()).contains("LeakDetectorTests.forget"));
			});
		}
	}

	private static void forget(HttpAdapter adapter, String url) {
		adapter.send(Calls.get(url), SendOptions.of((o) -> o.stream(true)));
	}

	@Test
	@DisplayName("fault: Response never closed: one that was closed or read is not a leak")
	void closedResponsesAreNotReported() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().build()) {
			WeakReference<Response> read = use(adapter, server.url("/"), true);
			WeakReference<Response> closed = use(adapter, server.url("/"), false);
			await().until(() -> {
				System.gc();
				return read.get() == null && closed.get() == null;
			});
			assertThat(this.log.events()).isEmpty();
		}
	}

	private static WeakReference<Response> use(HttpAdapter adapter, String url, boolean read) throws IOException {
		Response response = adapter.send(Calls.get(url), SendOptions.of((o) -> o.stream(true)));
		if (read) {
			Calls.read(response);
		}
		else {
			response.raw().close();
		}
		return new WeakReference<>(response);
	}

}
