package io.github.requests4j.interop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session with time limits, and checks for leaks after a call.
 */
final class Client implements AutoCloseable {

	private static final Duration READ_LIMIT = Duration.ofSeconds(30);

	private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

	private final HttpAdapter adapter;

	private final Session session;

	private Client(HttpAdapter adapter, Session session) {
		this.adapter = adapter;
		this.session = session;
	}

	static Client create() {
		return create((session) -> {
		});
	}

	static Client create(Consumer<Session.Builder> settings) {
		return create(HttpAdapter.builder().build(), settings);
	}

	static Client create(HttpAdapter adapter, Consumer<Session.Builder> settings) {
		Session.Builder builder = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("https://", adapter)
			.mount("http://", adapter)
			.timeout(READ_LIMIT)
			.deadline(CALL_LIMIT);
		settings.accept(builder);
		return new Client(adapter, builder.build());
	}

	Session session() {
		return this.session;
	}

	/** Returns the number of idle connections. */
	int idleConnections() {
		return this.adapter.poolStatistics().available();
	}

	void assertNothingLeased() {
		assertThat(this.adapter.poolStatistics().leased()).as("leased connections").isZero();
	}

	/** Checks that no connection is leased and that the session can make another call. */
	void assertUsable(String url) {
		assertNothingLeased();
		assertThat(this.session.get(url).statusCode()).as("the next call").isEqualTo(200);
		assertNothingLeased();
	}

	static void assertResponse(Response response, int status, byte[] body) {
		assertThat(response.statusCode()).as("status").isEqualTo(status);
		byte[] content = response.content();
		assertThat(content).as("body").hasSize(body.length);
		assertThat(Arrays.mismatch(content, body)).as("the first byte that differs").isEqualTo(-1);
	}

	static void assertResponse(Response response, int status, String body) {
		assertThat(response.statusCode()).as("status").isEqualTo(status);
		assertThat(new String(response.content(), StandardCharsets.UTF_8)).as("body").isEqualTo(body);
	}

	@Override
	public void close() {
		this.session.close();
	}

}
