package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

/**
 * A hook that is called with the response of every hop, before cookies are stored and
 * redirects are followed. The body has not been read yet. Exceptions are thrown to the
 * caller. Implementations must be thread-safe. <pre>{@code
 * ResponseHook logged = (response, options) -> {
 *     log.info("{} {}", response.statusCode(), response.url());
 *     return null; // keeps the response
 * };
 * session.get(url, (request) -> request.hook(logged));
 * }</pre>
 */
@FunctionalInterface
public interface ResponseHook {

	/**
	 * Processes a response, and may replace it.
	 * @param response the response of this hop
	 * @param options the options with which the hop was sent
	 * @return a replacement, or {@code null} to keep the response
	 */
	@Nullable Response onResponse(Response response, SendOptions options);

	/**
	 * Called just before a hop is sent, when its options are final. For authentication
	 * that depends on the proxy or must not be sent twice. Does nothing by default.
	 * @param request the request of this hop, which may be changed
	 * @param options the options with which it will be sent
	 */
	default void beforeSend(PreparedRequest request, SendOptions options) {
	}

	/**
	 * Called with the request that follows a redirect, before credentials are selected
	 * for it. A hook that responds to challenges must remove itself here when the
	 * redirect leaves its origin, because another server could redirect back to it. Does
	 * nothing by default.
	 * @param next the request of the next hop, which may be changed
	 */
	default void onRedirect(PreparedRequest next) {
	}

}
