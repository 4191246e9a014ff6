package io.github.requests4j.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.url.Url;

/**
 * What is known of a response before its body is read. For one thread at a time.
 */
abstract class ResponseHead {

	private final int statusCode;

	private final @Nullable String reason;

	private final CaseInsensitiveHeaders headers;

	private String url;

	private @Nullable PreparedRequest request;

	private final CookieJar cookies;

	private final List<Attempt> attempts;

	private Duration elapsed;

	private @Nullable Adapter connection;

	private List<Response> history = List.of();

	private @Nullable PreparedRequest next;

	private Set<String> maskedParams = Set.of();

	ResponseHead(Response.Builder builder) {
		this.statusCode = builder.statusCode;
		this.reason = builder.reason;
		this.headers = builder.headers;
		this.url = builder.url;
		this.request = builder.request;
		this.cookies = builder.cookies;
		this.attempts = builder.attempts;
		this.elapsed = builder.elapsed;
		this.connection = builder.connection;
	}

	/**
	 * The status code.
	 * @return three digits as they came from the server; 0 is possible only in a response
	 * made by hand
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * The reason phrase, read as ISO-8859-1 (behaviour 207).
	 * @return the phrase, {@code ""} if the server sent none; {@code null} for a response
	 * made by hand without one
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * The headers, in the order in which they came; repeated ones are joined by
	 * {@code ", "} (behaviour 207).
	 * @return the headers, names in any case; the same object each time
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * The URL of the request that this answers, which after redirects is the last one
	 * (behaviour 207).
	 * @return the URL with its fragment; {@code ""} for a response made by hand without
	 * one
	 */
	public String url() {
		return this.url;
	}

	/**
	 * The request that this answers.
	 * @return the request as it was sent
	 * @throws IllegalStateException if this response was made by hand without a request
	 */
	public PreparedRequest request() {
		if (this.request == null) {
			throw new IllegalStateException(
					"This response was made by hand without a request. Give it one with Response.builder(...).request(...)");
		}
		return this.request;
	}

	/**
	 * Sets the request that this answers, and its URL as the response's: for an adapter
	 * that sent another one in its place, such as a load balancer.
	 * @param request the request that the adapter was given
	 */
	public void request(PreparedRequest request) {
		this.request = request;
		this.url = Objects.requireNonNullElse(request.url(), "");
	}

	/**
	 * The cookies that this response set, and no others; those of the redirects before it
	 * are in {@link #history()}.
	 * @return a jar of this response's own
	 */
	public CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * Stores the cookies that this response set in a jar, as that jar's policy allows,
	 * and removes those that have expired ({@code extract_cookies_to_jar}, behaviours 111
	 * and 115); for sessions and auth hooks.
	 * @param jar the jar
	 */
	public void extractCookiesTo(CookieJar jar) {
		Url url = (this.request != null) ? this.request.parsedUrl() : null;
		if (url == null || url.host() == null || !this.headers.containsKey("Set-Cookie")) {
			jar.update(this.cookies);
			return;
		}
		// The response's own jar has forgotten which cookies are to be removed
		jar.extractCookies(URI.create(url.absoluteTarget()), this.headers.getAll("Set-Cookie"));
	}

	/**
	 * How long the server took: from sending until the headers were parsed, for this hop
	 * alone and without the body (behaviour 208).
	 * @return the time; zero for a response made by hand
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

	/**
	 * Sets the time; for adapters and sessions.
	 * @param elapsed the time
	 */
	public void elapsed(Duration elapsed) {
		this.elapsed = elapsed;
	}

	/**
	 * The adapter that a hook can send another request with, as digest authentication
	 * does: the outermost of those mounted for the URL.
	 * @return the adapter, or {@code null} for a response made by hand
	 */
	public @Nullable Adapter connection() {
		return this.connection;
	}

	/**
	 * Sets the adapter; for sessions.
	 * @param connection the adapter, or {@code null}
	 */
	public void connection(@Nullable Adapter connection) {
		this.connection = connection;
	}

	/**
	 * The responses on the way to this one: redirects, and answers to authentication
	 * challenges.
	 * @return the responses, oldest first; empty if this was the first one
	 */
	public List<Response> history() {
		return this.history;
	}

	/**
	 * Sets the responses before this one; for sessions and auth hooks.
	 * @param history the responses, oldest first
	 */
	public void history(List<Response> history) {
		this.history = List.copyOf(history);
	}

	/**
	 * The attempts that the retry policy of the adapter made before this response.
	 * @return the attempts, oldest first; empty if the first one succeeded
	 */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/**
	 * The request that would follow this redirect, when redirects are not followed
	 * (behaviour 166).
	 * @return the request, prepared; {@code null} if this is no redirect, or it was
	 * followed
	 */
	public @Nullable PreparedRequest next() {
		return this.next;
	}

	/**
	 * Sets the request that would follow; for sessions.
	 * @param next the request, or {@code null}
	 */
	public void next(@Nullable PreparedRequest next) {
		this.next = next;
	}

	/**
	 * Whether the server did not complain (behaviour 209). Python's {@code if response:}
	 * asks the same.
	 * @return {@code false} for statuses 400 to 599; {@code true} for all others, also
	 * for redirects
	 */
	public boolean ok() {
		return this.statusCode < 400 || this.statusCode >= 600;
	}

	/**
	 * Whether this is a redirect that could be followed (behaviour 146).
	 * @return {@code true} for 301, 302, 303, 307 and 308 with a Location
	 */
	public boolean isRedirect() {
		return switch (this.statusCode) {
			case 301, 302, 303, 307, 308 -> this.headers.containsKey("Location");
			default -> false;
		};
	}

	/**
	 * Whether this is a redirect for good (behaviour 168).
	 * @return {@code true} for 301 and 308 with a Location
	 */
	public boolean isPermanentRedirect() {
		return (this.statusCode == 301 || this.statusCode == 308) && this.headers.containsKey("Location");
	}

	/**
	 * The links of the Link header (behaviour 218).
	 * @return the links by their relation, or else by their URL; of links with one key
	 * the last; empty if there are none
	 */
	public Map<String, LinkHeader> links() {
		return LinkHeader.byKey(this.headers.get("Link"));
	}

	@Override
	public String toString() {
		return "<Response [" + this.statusCode + "]>";
	}

	/**
	 * This response, for exceptions.
	 */
	abstract Response self();

	/**
	 * Sets query parameters whose values messages mask, beside those whose names tell
	 * that they are secret; for sessions.
	 * @param names the names, decoded
	 */
	public void maskedParams(Set<String> names) {
		this.maskedParams = Set.copyOf(names);
	}

	@Nullable PreparedRequest requestOrNull() {
		return this.request;
	}

	/**
	 * The URL as messages show it: without user information and the values of secret
	 * parameters (threat 40), and fit for a line of a log.
	 */
	String printableUrl() {
		int authority = this.url.indexOf("//") + 2;
		int end = authority;
		while (end < this.url.length() && "/?#\\".indexOf(this.url.charAt(end)) < 0) {
			end++;
		}
		int at = (authority >= 2) ? this.url.lastIndexOf('@', end - 1) : -1;
		String safe = (at >= authority) ? this.url.substring(0, authority) + this.url.substring(at + 1) : this.url;
		return UrlText.printable(Secrets.maskQuery(safe, this.maskedParams));
	}

	/**
	 * This response as messages name it.
	 */
	String label() {
		String method = (this.request != null) ? this.request.method() : null;
		return ((method != null) ? method + " " : "")
				+ (this.url.isEmpty() ? "a response without URL" : printableUrl());
	}

}
