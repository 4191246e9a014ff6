package io.github.requests4j.spring.restclient;

import java.net.URI;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.Assert;

import io.github.requests4j.Session;

/**
 * Lets Spring's {@code RestClient} and {@code RestTemplate} send their requests through a
 * {@link Session}: <pre>{@code
 * RestClient client = RestClient.builder()
 *     .requestFactory(SessionRequestFactory.of(session))
 *     .build();
 * RestTemplate template = new RestTemplate(SessionRequestFactory.of(session));
 * }</pre>
 * <p>
 * Connections, proxies, TLS, redirects, cookies, retries, timeouts, auth, egress rules
 * and observation are the session's. URIs, message converters, interceptors and status
 * handlers are those of Spring's client: no status is an error here. A relative URI is
 * joined to the base URL of the session.
 * <p>
 * Bodies are streamed in both directions. A body that Spring can write again is sent
 * again where a retry, a redirect or a challenge requires it. Failures of the session
 * arrive as {@link java.io.IOException} with the
 * {@link io.github.requests4j.http.RequestException RequestException} as the cause, which
 * Spring's clients report as {@code ResourceAccessException}.
 * <p>
 * The session observes its exchanges. A client that has an observation registry too
 * records each call a second time; give it {@code ObservationRegistry.NOOP}.
 * <p>
 * Safe for many threads.
 */
public final class SessionRequestFactory implements ClientHttpRequestFactory {

	private final Session session;

	private SessionRequestFactory(Session session) {
		this.session = session;
	}

	/**
	 * Creates a factory.
	 * @param session the session that sends the requests; its owner closes it
	 * @return the factory
	 */
	public static SessionRequestFactory of(Session session) {
		Assert.notNull(session, "session must not be null");
		return new SessionRequestFactory(session);
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
		return new SessionRequest(this.session, uri, httpMethod);
	}

	@Override
	public String toString() {
		return "SessionRequestFactory[" + this.session + "]";
	}

}
