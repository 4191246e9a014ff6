package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * Shortcuts for sending a request through an adapter without a session.
 */
final class Calls {

	private Calls() {
	}

	static PreparedRequest request(String method, String url, @Nullable Body body, String... headers) {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod(method);
		request.prepareUrl(url, null);
		request.prepareHeaders(null);
		request.prepareBody(body, List.of(), null);
		for (int i = 0; i < headers.length; i += 2) {
			request.headers().put(headers[i], headers[i + 1]);
		}
		return request;
	}

	static PreparedRequest get(String url, String... headers) {
		return request("GET", url, null, headers);
	}

	static PreparedRequest post(String url, Body body, String... headers) {
		return request("POST", url, body, headers);
	}

	/** Sends and reads the body. */
	static String text(HttpAdapter adapter, PreparedRequest request, SendOptions options) {
		return read(adapter.send(request, options));
	}

	static String text(HttpAdapter adapter, PreparedRequest request) {
		return text(adapter, request, SendOptions.DEFAULTS);
	}

	static String text(HttpAdapter adapter, String url) {
		return text(adapter, get(url));
	}

	static Response send(HttpAdapter adapter, String url) {
		return adapter.send(get(url), SendOptions.DEFAULTS);
	}

	/** Reads the raw body to its end. */
	static String read(Response response) {
		try (InputStream raw = Objects.requireNonNull(response.raw())) {
			return new String(raw.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static SendOptions timeouts(@Nullable Duration connect, @Nullable Duration read) {
		return SendOptions.of((o) -> o.timeouts(Timeouts.of(connect, read)));
	}

	static SendOptions readTimeout(long millis) {
		return timeouts(null, Duration.ofMillis(millis));
	}

	static SendOptions deadline(long millis) {
		return SendOptions.DEFAULTS.withDeadline(Deadline.after(Duration.ofMillis(millis)));
	}

	static SendOptions verify(Verify verify) {
		return SendOptions.of((o) -> o.verify(verify));
	}

	static SendOptions proxy(String scheme, String url) {
		return SendOptions.of((o) -> o.proxies(Proxies.of(Map.of(scheme, url))));
	}

}
