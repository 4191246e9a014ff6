package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.Response;

/**
 * A session of requests4j.
 */
final class SessionClient implements Client {

	private final Session session;

	SessionClient(Setup setup) {
		this(setup, UnaryOperator.identity());
	}

	private SessionClient(Setup setup, UnaryOperator<Adapter> around) {
		HttpAdapter transport = HttpAdapter.builder()
			.poolConnections(Math.max(10, setup.connections()))
			.poolMaxsize(setup.connections())
			.poolBlock(setup.shared())
			.build();
		Adapter adapter = around.apply(transport);
		Session.Builder builder = Session.builder()
			.trustEnv(false)
			.mount("http://", adapter)
			.mount("https://", adapter);
		if (setup.authority() != null) {
			builder.verify(setup.authority());
		}
		this.session = builder.build();
	}

	/** Creates a client for a session with a cache. */
	static SessionClient cached(Setup setup) {
		return new SessionClient(setup, HttpCache.builder().build()::wrap);
	}

	@Override
	public int get(String url) {
		return this.session.get(url).content().length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return this.session.get(url, (options) -> options.headers(headers)).content().length;
	}

	@Override
	public Order post(String url, Order order) {
		return this.session.post(url, (options) -> options.json(order)).json(Order.class);
	}

	@Override
	public long download(String url) throws IOException {
		try (Response response = this.session.get(url, (options) -> options.stream(true));
				InputStream raw = response.raw()) {
			return (raw != null) ? Client.drain(raw) : 0;
		}
	}

	@Override
	public long upload(String url) {
		this.session.put(url, (options) -> options.data(Body.supplied(Zeros::new, Zeros.LENGTH))).raiseForStatus();
		return Zeros.LENGTH;
	}

	@Override
	public void close() {
		this.session.close();
	}

}
