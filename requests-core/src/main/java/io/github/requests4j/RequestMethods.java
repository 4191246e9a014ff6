package io.github.requests4j;

import java.net.URI;
import java.util.function.Consumer;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;

/**
 * The methods of HTTP as methods of Java. Each takes a URL and, where it is not enough,
 * options: <pre>{@code
 * session.post("orders", o -> o.json(order).timeout(Duration.ofSeconds(3)));
 * }</pre>
 */
public interface RequestMethods {

	/**
	 * Makes a request with any method and follows redirects, whatever the method.
	 * @param method the method, in any case
	 * @param url the URL; relative to the base URL where there is one
	 * @param options sets what else the request needs
	 * @return the response, its body read unless streaming was asked for
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
	 * @param url the URI, used as its text is
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response request(String method, URI url, Consumer<RequestOptions> options) {
		return request(method, url.toString(), options);
	}

	/**
	 * Makes a request with any method to a URI, without options.
	 * @param method the method, in any case
	 * @param url the URI, used as its text is
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response request(String method, URI url) {
		return request(method, url.toString());
	}

	/**
	 * Reads the resource of a URI. For the other methods there is
	 * {@link #request(String, URI, Consumer)}.
	 * @param url the URI, used as its text is
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(URI url) {
		return get(url.toString());
	}

	/**
	 * Reads the resource of a URI.
	 * @param url the URI, used as its text is
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(URI url, Consumer<RequestOptions> options) {
		return get(url.toString(), options);
	}

	/**
	 * Reads a resource.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(String url) {
		return request("GET", url);
	}

	/**
	 * Reads a resource.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response get(String url, Consumer<RequestOptions> options) {
		return request("GET", url, options);
	}

	/**
	 * Asks what a resource allows.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response options(String url) {
		return request("OPTIONS", url);
	}

	/**
	 * Asks what a resource allows.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response options(String url, Consumer<RequestOptions> options) {
		return request("OPTIONS", url, options);
	}

	/**
	 * Reads the headers of a resource. Redirects are not followed unless asked for.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response head(String url) {
		return request("HEAD", url, (request) -> request.allowRedirects(false));
	}

	/**
	 * Reads the headers of a resource. Redirects are not followed unless asked for.
	 * @param url the URL
	 * @param options sets what else the request needs
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
	 * Sends data to a resource.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response post(String url) {
		return request("POST", url);
	}

	/**
	 * Sends data to a resource.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response post(String url, Consumer<RequestOptions> options) {
		return request("POST", url, options);
	}

	/**
	 * Stores a resource.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response put(String url) {
		return request("PUT", url);
	}

	/**
	 * Stores a resource.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response put(String url, Consumer<RequestOptions> options) {
		return request("PUT", url, options);
	}

	/**
	 * Changes a part of a resource.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response patch(String url) {
		return request("PATCH", url);
	}

	/**
	 * Changes a part of a resource.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response patch(String url, Consumer<RequestOptions> options) {
		return request("PATCH", url, options);
	}

	/**
	 * Removes a resource.
	 * @param url the URL
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response delete(String url) {
		return request("DELETE", url);
	}

	/**
	 * Removes a resource.
	 * @param url the URL
	 * @param options sets what else the request needs
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response delete(String url, Consumer<RequestOptions> options) {
		return request("DELETE", url, options);
	}

}
