package io.github.requests4j.http;

/**
 * A way to authenticate a request: anything that can change a prepared request, which is
 * handed to it last, after the body. It is called once for each call, not for redirects.
 * Implementations must be safe for many threads. <pre>{@code
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
	 * Adds what proves the caller's identity.
	 * @param request the prepared request, which may be changed in any part
	 * @return the request to send, usually the same object; its fields replace those of
	 * the original
	 */
	PreparedRequest apply(PreparedRequest request);

}
