package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

/**
 * Called with each response, for every hop, before cookies are stored and redirects are
 * resolved. With {@code stream} off the content is not yet read. Exceptions reach the
 * caller. Implementations must be safe for many threads. <pre>{@code
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
	 * Looks at a response, and may replace it.
	 * @param response the response of this hop
	 * @param options the options with which the hop was sent
	 * @return a response to use instead, or {@code null} to keep the one given
	 */
	@Nullable Response onResponse(Response response, SendOptions options);

	/**
	 * Looks at a request just before its hop is sent, when it is known how: for hooks
	 * whose auth depends on the proxy or must not be sent twice. Does nothing unless
	 * overridden.
	 * @param request the request of this hop, which may be changed
	 * @param options the options with which it will be sent
	 */
	default void beforeSend(PreparedRequest request, SendOptions options) {
	}

	/**
	 * Looks at the request that a redirect leads to, before credentials are chosen for
	 * it. A hook that answers challenges deregisters itself here when the chain leaves
	 * the origin it was made for: a later hop may lead back, at the bidding of another
	 * server. Does nothing unless overridden.
	 * @param next the request of the next hop, which may be changed
	 */
	default void onRedirect(PreparedRequest next) {
	}

}
