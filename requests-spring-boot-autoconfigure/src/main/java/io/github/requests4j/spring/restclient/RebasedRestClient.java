package io.github.requests4j.spring.restclient;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

import io.github.requests4j.Session;

/**
 * A client that uses the current base URL of its session, which a refresh can change. A
 * client of Spring keeps the base URL that it was built with. Thread-safe.
 */
final class RebasedRestClient implements RestClient {

	private final Session session;

	private final Function<@Nullable String, RestClient> clients;

	private volatile Based current;

	RebasedRestClient(Session session, Function<@Nullable String, RestClient> clients) {
		this.session = session;
		this.clients = clients;
		this.current = based(session.baseUrl());
	}

	/**
	 * A client for one base URL.
	 *
	 * @param baseUrl the base URL, or {@code null}
	 * @param client the client
	 */
	private record Based(@Nullable String baseUrl, RestClient client) {
	}

	private Based based(@Nullable String baseUrl) {
		return new Based(baseUrl, this.clients.apply(baseUrl));
	}

	private RestClient client() {
		String baseUrl = this.session.baseUrl();
		Based known = this.current;
		if (!Objects.equals(known.baseUrl(), baseUrl)) {
			known = based(baseUrl);
			this.current = known;
		}
		return known.client();
	}

	@Override
	public RequestHeadersUriSpec<?> get() {
		return client().get();
	}

	@Override
	public RequestHeadersUriSpec<?> head() {
		return client().head();
	}

	@Override
	public RequestBodyUriSpec post() {
		return client().post();
	}

	@Override
	public RequestBodyUriSpec put() {
		return client().put();
	}

	@Override
	public RequestBodyUriSpec patch() {
		return client().patch();
	}

	@Override
	public RequestHeadersUriSpec<?> delete() {
		return client().delete();
	}

	@Override
	public RequestHeadersUriSpec<?> options() {
		return client().options();
	}

	@Override
	public RequestBodyUriSpec method(HttpMethod method) {
		return client().method(method);
	}

	@Override
	public Builder mutate() {
		return client().mutate();
	}

}
