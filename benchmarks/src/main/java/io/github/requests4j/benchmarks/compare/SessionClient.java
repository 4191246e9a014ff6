package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.Response;

/**
 * A session of requests4j.
 */
final class SessionClient implements Client {

	private final Session session;

	SessionClient(Setup setup) {
		HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(setup.connections()).build();
		this.session = Session.builder()
			.trustEnv(false)
			.verify(setup.authority())
			.mount("http://", adapter)
			.mount("https://", adapter)
			.build();
	}

	@Override
	public int get(String url) {
		return this.session.get(url).content().length;
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
	public void close() {
		this.session.close();
	}

}
