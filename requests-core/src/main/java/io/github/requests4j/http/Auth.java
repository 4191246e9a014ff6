package io.github.requests4j.http;

/**
 * Authenticates requests by changing the prepared request. It is applied last, after the
 * body is set, once for each call and not for redirects. Implementations must be
 * thread-safe. <pre>{@code
 * Auth key = (request) -> {
 *     request.headers().put("X-Api-Key", vault.read("key"));
 *     return request;
 * };
 * Session session = Session.builder().baseUrl("https://api.example.com/").auth(key).build();
 * }</pre>
 *
 * @see BasicCredentials
 */
@FunctionalInterface
public interface Auth {

	/**
	 * Adds the credentials to a request.
	 * @param request the prepared request, any part of which may be changed
	 * @return the request to send, usually the same object; its fields replace those of
	 * the original request
	 */
	PreparedRequest apply(PreparedRequest request);

}
