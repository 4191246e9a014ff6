package io.github.requests4j;

import java.net.URI;
import java.util.function.Consumer;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;

/**
 * Makes HTTP requests in one line: <pre>{@code
 * Response r = Requests.get("https://api.example.com/items", o -> o.param("q", "tea"));
 * }</pre> Each call uses a new session, so calls do not share cookies or settings. They
 * share one connection pool. Thread-safe. Use a {@link Session} to keep settings and
 * cookies.
 */
public final class Requests {

	private Requests() {
	}

	/**
	 * Creates a session ({@code requests.session()}).
	 * @return a new session, which the caller must close
	 */
	public static Session session() {
		return Session.create();
	}

	/**
	 * Makes a request with any method.
	 * @param method the method, in any case
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#request(String, String, Consumer)
	 */
	public static Response request(String method, String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.request(method, url, options);
		}
	}

	/**
	 * Makes a request with any method and no options.
	 * @param method the method, in any case
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	public static Response request(String method, String url) {
		try (Session session = Shared.newSession()) {
			return session.request(method, url);
		}
	}

	/**
	 * Makes a request with any method to a URI.
	 * @param method the method, in any case
	 * @param url the URI, whose text is used unchanged
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	public static Response request(String method, URI url) {
		return request(method, url.toString());
	}

	/**
	 * Makes a request with any method to a URI.
	 * @param method the method, in any case
	 * @param url the URI, whose text is used unchanged
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	public static Response request(String method, URI url, Consumer<RequestOptions> options) {
		return request(method, url.toString(), options);
	}

	/**
	 * Makes a GET request to a URI. For the other methods there is
	 * {@link #request(String, URI, Consumer)}.
	 * @param url the URI, whose text is used unchanged
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	public static Response get(URI url) {
		return get(url.toString());
	}

	/**
	 * Makes a GET request to a URI.
	 * @param url the URI, whose text is used unchanged
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	public static Response get(URI url, Consumer<RequestOptions> options) {
		return get(url.toString(), options);
	}

	/**
	 * Makes a GET request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#get(String)
	 */
	public static Response get(String url) {
		try (Session session = Shared.newSession()) {
			return session.get(url);
		}
	}

	/**
	 * Makes a GET request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#get(String, Consumer)
	 */
	public static Response get(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.get(url, options);
		}
	}

	/**
	 * Makes an OPTIONS request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#options(String)
	 */
	public static Response options(String url) {
		try (Session session = Shared.newSession()) {
			return session.options(url);
		}
	}

	/**
	 * Makes an OPTIONS request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#options(String, Consumer)
	 */
	public static Response options(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.options(url, options);
		}
	}

	/**
	 * Makes a HEAD request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#head(String)
	 */
	public static Response head(String url) {
		try (Session session = Shared.newSession()) {
			return session.head(url);
		}
	}

	/**
	 * Makes a HEAD request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#head(String, Consumer)
	 */
	public static Response head(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.head(url, options);
		}
	}

	/**
	 * Makes a POST request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#post(String)
	 */
	public static Response post(String url) {
		try (Session session = Shared.newSession()) {
			return session.post(url);
		}
	}

	/**
	 * Makes a POST request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#post(String, Consumer)
	 */
	public static Response post(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.post(url, options);
		}
	}

	/**
	 * Makes a PUT request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#put(String)
	 */
	public static Response put(String url) {
		try (Session session = Shared.newSession()) {
			return session.put(url);
		}
	}

	/**
	 * Makes a PUT request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#put(String, Consumer)
	 */
	public static Response put(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.put(url, options);
		}
	}

	/**
	 * Makes a PATCH request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#patch(String)
	 */
	public static Response patch(String url) {
		try (Session session = Shared.newSession()) {
			return session.patch(url);
		}
	}

	/**
	 * Makes a PATCH request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#patch(String, Consumer)
	 */
	public static Response patch(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.patch(url, options);
		}
	}

	/**
	 * Makes a DELETE request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#delete(String)
	 */
	public static Response delete(String url) {
		try (Session session = Shared.newSession()) {
			return session.delete(url);
		}
	}

	/**
	 * Makes a DELETE request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 * @see Session#delete(String, Consumer)
	 */
	public static Response delete(String url, Consumer<RequestOptions> options) {
		try (Session session = Shared.newSession()) {
			return session.delete(url, options);
		}
	}

	/**
	 * Creates a session for each call. The sessions share connections but no cookies.
	 * Initialized by the first call.
	 */
	private static final class Shared {

		private static final SessionSettings SETTINGS = settings();

		private Shared() {
		}

		static Session newSession() {
			return new DefaultSession(SETTINGS, new CookieJar());
		}

		private static SessionSettings settings() {
			HttpAdapter adapter = HttpAdapter.builder().build();
			return new DefaultSessionBuilder().mountShared("https://", adapter)
				.mountShared("http://", adapter)
				.settings();
		}

	}

}
