package io.github.requests4j.spring.restclient;

import java.net.URI;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.Assert;

import io.github.requests4j.Session;

/**
 * Sends the requests of Spring's {@code RestClient} and {@code RestTemplate} through a
 * {@link Session}. <pre>{@code
 * RestClient client = RestClient.builder()
 *     .requestFactory(SessionRequestFactory.of(session))
 *     .build();
 * RestTemplate template = new RestTemplate(SessionRequestFactory.of(session));
 * }</pre>
 * <p>
 * The session is responsible for connections, proxies, TLS, redirects, cookies, retries,
 * timeouts, auth, egress rules and observation. Spring's client is responsible for URIs,
 * message converters, interceptors and status handlers, so no status is an error here. A
 * relative URI is joined to the base URL of the session.
 * <p>
 * Bodies are streamed in both directions. A body that Spring can write again is sent
 * again if a retry, a redirect or a challenge requires it. Failures of the session are
 * thrown as {@link java.io.IOException} with the
 * {@link io.github.requests4j.http.RequestException RequestException} as the cause, which
 * Spring's clients report as {@code ResourceAccessException}.
 * <p>
 * The session observes its exchanges. A client that also has an observation registry
 * records each call a second time. Set {@code ObservationRegistry.NOOP} to avoid this.
 * <p>
 * Thread-safe.
 */
public final class SessionRequestFactory implements ClientHttpRequestFactory {

	private final Session session;

	private SessionRequestFactory(Session session) {
		this.session = session;
	}

	/**
	 * Creates a factory for a session.
	 * @param session the session that sends the requests; the caller remains responsible
	 * for closing it
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
