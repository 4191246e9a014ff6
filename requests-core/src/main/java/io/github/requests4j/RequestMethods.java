package io.github.requests4j;

import java.net.URI;
import java.util.function.Consumer;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;

/**
 * The HTTP methods as Java methods. Each takes a URL and, optionally, a function that
 * sets options: <pre>{@code
 * session.post("orders", o -> o.json(order).timeout(Duration.ofSeconds(3)));
 * }</pre>
 */
public interface RequestMethods {

	/**
	 * Makes a request with any method and follows redirects, regardless of the method.
	 * @param method the method, in any case
	 * @param url the URL, absolute or relative to the base URL
	 * @param options sets the options of the request
	 * @return the response, whose body has been read unless it is streamed
	 * @throws RequestException if there is no response
	 */
	Response request(String method, String url, Consumer<RequestOptions> options);

	/**
	 * Makes a request with any method and no options.
	 * @param method the method, in any case
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	Response request(String method, String url);

	/**
	 * Makes a request with any method to a URI.
	 * @param method the method, in any case
	 * @param url the URI, whose text is used unchanged
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response request(String method, URI url, Consumer<RequestOptions> options) {
		return request(method, url.toString(), options);
	}

	/**
	 * Makes a request with any method to a URI, without options.
	 * @param method the method, in any case
	 * @param url the URI, whose text is used unchanged
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response request(String method, URI url) {
		return request(method, url.toString());
	}

	/**
	 * Makes a GET request to a URI. For the other methods there is
	 * {@link #request(String, URI, Consumer)}.
	 * @param url the URI, whose text is used unchanged
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(URI url) {
		return get(url.toString());
	}

	/**
	 * Makes a GET request to a URI.
	 * @param url the URI, whose text is used unchanged
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(URI url, Consumer<RequestOptions> options) {
		return get(url.toString(), options);
	}

	/**
	 * Makes a GET request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(String url) {
		return request("GET", url);
	}

	/**
	 * Makes a GET request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(String url, Consumer<RequestOptions> options) {
		return request("GET", url, options);
	}

	/**
	 * Makes an OPTIONS request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response options(String url) {
		return request("OPTIONS", url);
	}

	/**
	 * Makes an OPTIONS request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response options(String url, Consumer<RequestOptions> options) {
		return request("OPTIONS", url, options);
	}

	/**
	 * Makes a HEAD request. Redirects are not followed unless the options allow it.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response head(String url) {
		return request("HEAD", url, (request) -> request.allowRedirects(false));
	}

	/**
	 * Makes a HEAD request. Redirects are not followed unless the options allow it.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response head(String url, Consumer<RequestOptions> options) {
		return request("HEAD", url, (request) -> {
			request.allowRedirects(false);
			options.accept(request);
		});
	}

	/**
	 * Makes a POST request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response post(String url) {
		return request("POST", url);
	}

	/**
	 * Makes a POST request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response post(String url, Consumer<RequestOptions> options) {
		return request("POST", url, options);
	}

	/**
	 * Makes a PUT request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response put(String url) {
		return request("PUT", url);
	}

	/**
	 * Makes a PUT request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response put(String url, Consumer<RequestOptions> options) {
		return request("PUT", url, options);
	}

	/**
	 * Makes a PATCH request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response patch(String url) {
		return request("PATCH", url);
	}

	/**
	 * Makes a PATCH request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response patch(String url, Consumer<RequestOptions> options) {
		return request("PATCH", url, options);
	}

	/**
	 * Makes a DELETE request.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response delete(String url) {
		return request("DELETE", url);
	}

	/**
	 * Makes a DELETE request.
	 * @param url the URL
	 * @param options sets the options of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response delete(String url, Consumer<RequestOptions> options) {
		return request("DELETE", url, options);
	}

}
