package io.github.requests4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TooManyRedirectsException;
import io.github.requests4j.url.Url;

/**
 * Follows a redirect chain, one hop for each call of {@code next()}
 * ({@code resolve_redirects}), and records the history. Not thread-safe.
 */
final class RedirectFollower implements Iterator<Response> {

	private final DefaultSession session;

	private final SessionSettings settings;

	private final List<Response> history = new ArrayList<>();

	private SendOptions options;

	private PreparedRequest request;

	private Response response;

	private @Nullable String target;

	/**
	 * Starts from a response.
	 * @param target where it redirects to, or null to follow nothing
	 */
	RedirectFollower(DefaultSession session, SessionSettings settings, Response response, @Nullable String target,
			PreparedRequest request, SendOptions options) {
		this.session = session;
		this.settings = settings;
		this.response = response;
		this.request = request;
		this.target = target;
		// The redirect leads to another URL, which the template does not describe
		this.options = options.withKind(Exchange.Kind.REDIRECT).withContext(options.context().withoutUriTemplate());
	}

	@Override
	public boolean hasNext() {
		return this.target != null;
	}

	@Override
	public Response next() {
		String location = drainRedirect();
		if (this.history.size() >= this.settings.redirects().max()) {
			throw new TooManyRedirectsException("Exceeded " + this.settings.redirects().max()
					+ " redirects. This is usually a redirect loop; response().history() lists every hop."
					+ " Raise maxRedirects if the chain is legitimate.")
				.attach(this.request, this.response);
		}
		this.history.add(this.response);
		this.request = rebuild(location);
		this.response = this.session.sendHop(this.request, this.options, this.settings);
		this.response.history(this.history);
		try {
			this.target = this.settings.redirects().rules().redirectTarget(this.response);
		}
		catch (RuntimeException | Error ex) {
			this.response.close();
			throw ex;
		}
		return this.response;
	}

	/**
	 * Returns the request of the next hop without sending it and without checking the
	 * limit.
	 */
	PreparedRequest nextRequest() {
		return rebuild(drainRedirect());
	}

	/**
	 * Returns the request that would follow a response, for callers that do not follow
	 * redirects.
	 * @return the request, or null if the response is not a redirect
	 */
	static @Nullable PreparedRequest requestAfter(DefaultSession session, SessionSettings settings, Response response,
			PreparedRequest request, SendOptions options) {
		String target;
		try {
			target = settings.redirects().rules().redirectTarget(response);
		}
		catch (InvalidHeaderException ex) {
			// The caller can still use the response.
			return null;
		}
		return (target != null)
				? new RedirectFollower(session, settings, response, target, request, options).nextRequest() : null;
	}

	/**
	 * Reads the rest of the redirect response, so that the next hop can reuse its
	 * connection.
	 */
	private String drainRedirect() {
		String location = this.target;
		if (location == null) {
			throw new NoSuchElementException(
					"The response with status " + this.response.statusCode() + " is not a redirect with a target");
		}
		this.response.drain();
		return location;
	}

	private PreparedRequest rebuild(String location) {
		PreparedRequest next = this.request.copy();
		Url url = LocationHeader.resolve(this.response, location);
		next.url(url.text());
		if (!url.isHttp()) {
			Url from = this.request.parsedUrl();
			throw new InvalidSchemaException("The redirect from " + from.origin() + from.path() + " has the scheme '"
					+ url.scheme() + "'. Redirects are only followed to http and https URLs.")
				.attach(this.request, this.response);
		}
		RedirectRules rules = this.settings.redirects().rules();
		next.hooks().onRedirect(next);
		RedirectContext context = this.session.redirectContext(next, this.response, proxies(), this.settings);
		rules.rebuildMethod(context);
		if (this.settings.idempotencyKeys()) {
			IdempotencyKeys.removeIfNotNeeded(next);
		}
		rules.rebuildBody(context);
		if (this.settings.compressFrom() >= 0 && next.body() == null) {
			next.headers().remove("Content-Encoding");
		}
		rules.rebuildHeaders(context);
		SettingsMerger.removeSessionHeaders(this.settings, next);
		rebuildCookies(next);
		this.options = this.options.withProxies(rules.rebuildProxies(context));
		rules.rebuildAuth(context);
		rewind(next);
		return next;
	}

	private Proxies proxies() {
		Proxies proxies = this.options.proxies();
		return (proxies != null) ? proxies : Proxies.NONE;
	}

	/**
	 * Replaces the Cookie header by one built from the jar for the new URL. It is never
	 * carried over (CVE-2023-43804).
	 */
	private void rebuildCookies(PreparedRequest next) {
		next.headers().remove("Cookie");
		CookieJar jar = this.request.cookies();
		CookieJar filled = CallCookies.toStoreIn(this.request, this.settings, this.session.cookies());
		if (jar == null || jar == filled) {
			next.prepareCookies(filled);
			return;
		}
		// A copy, as in requests: the jar of the last request may be the caller's own
		CookieJar own = jar.copy();
		if (filled != null) {
			this.response.extractCookiesTo(own);
			own.update(filled);
		}
		next.prepareCookies(own);
	}

	private static void rewind(PreparedRequest next) {
		if (next.body() != null) {
			next.body().rewind();
		}
	}

}
