package io.github.requests4j;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.CookieJar;

/**
 * The connections behind {@link Requests}: each call gets a fresh session over one shared
 * pool, so that connections are shared but cookies never are. Created with the first
 * call.
 */
final class SharedTransport {

	private static final SessionSettings SETTINGS = new DefaultSessionBuilder().settings();

	private static final AdapterRegistry ADAPTERS = adapters();

	private SharedTransport() {
	}

	static Session freshSession() {
		return new DefaultSession(SETTINGS, new CookieJar(), ADAPTERS);
	}

	private static AdapterRegistry adapters() {
		HttpAdapter adapter = HttpAdapter.builder().build();
		return AdapterRegistry.EMPTY.with("https://", adapter, false).with("http://", adapter, false);
	}

}
