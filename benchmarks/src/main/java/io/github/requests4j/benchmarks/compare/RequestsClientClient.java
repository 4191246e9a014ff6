package io.github.requests4j.benchmarks.compare;

import java.util.Map;

import io.github.requests4j.Requests;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Verify;

/**
 * The static methods of requests4j with their defaults, which also use the environment.
 */
final class RequestsClientClient implements Client {

	private final Verify verify;

	RequestsClientClient(Setup setup) {
		this.verify = (setup.authority() != null) ? Verify.authorities(setup.authority()) : Verify.enabled();
	}

	@Override
	public int get(String url) {
		return url.startsWith("https") ? Requests.get(url, (options) -> options.verify(this.verify)).content().length
				: Requests.get(url).content().length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return Requests.get(url, (options) -> options.headers(headers)).content().length;
	}

	@Override
	public Order post(String url, Order order) {
		return Requests.post(url, (RequestOptions options) -> options.json(order)).json(Order.class);
	}

	@Override
	public void close() {
		// The pool is shared by the whole virtual machine
		return;
	}

}
