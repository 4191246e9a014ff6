package io.github.requests4j;

import java.net.InetAddress;
import java.util.List;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.RequestsEnvironment;

/**
 * Sessions for which every name leads to the loopback address, so that tests can use any
 * host name, and which learn nothing from the environment.
 */
final class Loopback {

	static final HostResolver RESOLVER = (host) -> List.of(InetAddress.getByName("127.0.0.1"));

	private Loopback() {
	}

	static HttpAdapter.Builder adapter() {
		return HttpAdapter.builder().hostResolver(RESOLVER);
	}

	static Session.Builder session() {
		return session(adapter().build());
	}

	/** A session that owns this adapter and uses it for all URLs. */
	static Session.Builder session(HttpAdapter adapter) {
		return Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("https://", adapter)
			.mount("http://", adapter);
	}

}
