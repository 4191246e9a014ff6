package io.github.requests4j.cache;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

/**
 * A server, a session with a cache, and a clock that tests can set.
 */
final class CachedOrigin implements AutoCloseable {

	private final TestHttpServer server;

	private final HttpCache cache;

	private final Session session;

	private final MovableClock clock = new MovableClock();

	private CachedOrigin(Function<RawRequest, Reply> handler, Consumer<HttpCache.Builder> settings) throws IOException {
		this.server = TestHttpServer.start(handler);
		HttpCache.Builder builder = HttpCache.builder().clock(this.clock);
		settings.accept(builder);
		this.cache = builder.build();
		this.session = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", this.cache.wrap(HttpAdapter.builder().build()))
			.build();
	}

	static CachedOrigin start(Function<RawRequest, Reply> handler) throws IOException {
		return start(handler, (builder) -> {
		});
	}

	static CachedOrigin start(Function<RawRequest, Reply> handler, Consumer<HttpCache.Builder> settings)
			throws IOException {
		return new CachedOrigin(handler, settings);
	}

	Response get(String path) {
		return get(path, (request) -> {
		});
	}

	Response get(String path, Consumer<RequestOptions> options) {
		return this.session.get(this.server.url(path), options);
	}

	/** Calls, and returns what the cache did. */
	CacheStatus status(String path, String... headers) {
		return CacheStatus.of(get(path, (request) -> {
			for (int i = 0; i < headers.length; i += 2) {
				request.header(headers[i], headers[i + 1]);
			}
		}));
	}

	int requests() {
		return this.server.requests().size();
	}

	TestHttpServer server() {
		return this.server;
	}

	Session session() {
		return this.session;
	}

	HttpCache cache() {
		return this.cache;
	}

	void pass(long seconds) {
		this.clock.now = this.clock.now.plusSeconds(seconds);
	}

	@Override
	public void close() {
		this.session.close();
		this.cache.close();
		this.server.close();
	}

	private static final class MovableClock extends Clock {

		private volatile Instant now = Instant.now();

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

	/** A long time in the tests that need no exact one. */
	static final Duration LONG = Duration.ofMinutes(5);

}
