package io.github.requests4j;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * How a session follows redirects ({@code SessionRedirectMixin} of requests). To change a
 * rule, give the builder a {@link RedirectRules}. <pre>{@code
 * Response first = session.get(url, (request) -> request.allowRedirects(false));
 * session.resolveRedirects(first, first.request(), SendOptions.DEFAULTS)
 *     .forEachRemaining((hop) -> log.info("{} {}", hop.statusCode(), hop.url()));
 * }</pre>
 */
public interface SessionRedirects {

	/**
	 * Where a response redirects to.
	 * @param response the response
	 * @return the Location as it was sent, or {@code null} when the response is no
	 * redirect
	 */
	@Nullable String getRedirectTarget(Response response);

	/**
	 * Whether an Authorization header must be dropped on the way from one URL to another
	 * (behaviour 157).
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL it redirects to
	 * @return {@code true} if it must be dropped
	 */
	boolean shouldStripAuth(String oldUrl, String newUrl);

	/**
	 * Sets the method of the next request (behaviour 147).
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildMethod(PreparedRequest request, Response response);

	/**
	 * Drops or replaces the Authorization of the next request (behaviours 156-158).
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildAuth(PreparedRequest request, Response response);

	/**
	 * Finds the proxies of the next request and sets its Proxy-Authorization (behaviour
	 * 187).
	 * @param request the next request, changed in place
	 * @param proxies the proxies of the call, or {@code null} for none
	 * @return the proxies to use
	 */
	Proxies rebuildProxies(PreparedRequest request, @Nullable Proxies proxies);

	/**
	 * Follows a chain of redirects, one hop each time the iterator moves. Unless the
	 * options have a deadline, the session's deadline applies to the whole chain and
	 * starts with this call.
	 * @param response the response to start from
	 * @param request the request that it answers
	 * @param options how the hops are sent
	 * @return the responses that follow; empty when the response is no redirect
	 * @throws RequestException while moving, if a hop fails or the limit is passed
	 */
	Iterator<Response> resolveRedirects(Response response, PreparedRequest request, SendOptions options);

	/**
	 * The next requests of a chain of redirects, without sending them
	 * ({@code yield_requests}).
	 * @param response the response to start from
	 * @param request the request that it answers
	 * @param options how the hop would be sent
	 * @return the request that would be sent next; empty when the response is no redirect
	 */
	Iterator<PreparedRequest> resolveRedirectRequests(Response response, PreparedRequest request, SendOptions options);

}
