package io.github.requests4j.cookies;

import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps cookies, takes them from responses and picks those to send (RFC 6265bis). To the
 * caller it is a dictionary of names and values, as {@code RequestsCookieJar} is.
 * <p>
 * Safe for many threads: a change is seen whole or not at all, none is lost, and what is
 * read (also while iterating) is a snapshot. {@link #copy()} costs nothing until one of
 * the two jars changes. Serialisable, by way of strings; the clock is not kept.
 * <pre>{@code
 * CookieJar jar = new CookieJar();
 * jar.set("theme", "dark", "example.com", "/shop");
 * Session session = Session.builder().cookies(jar).build();
 * String theme = session.cookies().get("theme");
 * }</pre>
 *
 * @see CookiePolicy
 */
public final class CookieJar extends CookieStore implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * An empty jar with the default policy.
	 */
	public CookieJar() {
		this(CookiePolicy.defaults());
	}

	/**
	 * An empty jar.
	 * @param policy which cookies to take and to send
	 */
	public CookieJar(CookiePolicy policy) {
		this(policy, InstantSource.system());
	}

	/**
	 * An empty jar.
	 * @param policy which cookies to take and to send
	 * @param clock tells the time for the methods that are not told it
	 */
	public CookieJar(CookiePolicy policy, InstantSource clock) {
		this(policy, clock, CookieTable.EMPTY);
	}

	private CookieJar(CookiePolicy policy, InstantSource clock, CookieTable table) {
		super(policy, clock, table);
	}

	/**
	 * A jar with the cookies of a Netscape file.
	 * @param file a file as {@link #saveNetscape(Path)} or curl writes it
	 * @return a new jar with the default policy
	 * @throws IllegalArgumentException if the file cannot be read or is no such file
	 */
	public static CookieJar fromNetscape(Path file) {
		return new CookieJar().loadNetscape(file);
	}

	/**
	 * The value of the Cookie header for a request that is sent now.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @return the value, or {@code null} if no cookie is to be sent
	 */
	public @Nullable String cookieHeader(URI url) {
		return table().isEmpty() ? null : cookieHeader(url, clock().instant());
	}

	/**
	 * The value of the Cookie header for a request: longer paths first, then in the order
	 * of creation (behaviour 107). Cookies beyond the longest header are left out.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param now the present
	 * @return the value, or {@code null} if no cookie is to be sent
	 */
	public @Nullable String cookieHeader(URI url, Instant now) {
		CookieTable current = table();
		if (current.isEmpty()) {
			return null;
		}
		CookieTarget target = CookieTarget.of(url);
		CookiePolicy rules = policy();
		if (target == null || !rules.sendsTo(target.host())) {
			return null;
		}
		return current.header(target, now, rules.maxHeaderOctets());
	}

	/**
	 * Puts the Cookie header among the headers of a request, unless they have one, in any
	 * case (behaviour 102); then drops what has expired.
	 * @param url the URL of the request
	 * @param headers the headers of the request; changed
	 */
	public void addCookieHeader(URI url, Map<String, String> headers) {
		Instant now = clock().instant();
		if (headers.keySet().stream().noneMatch("Cookie"::equalsIgnoreCase)) {
			String header = cookieHeader(url, now);
			if (header != null) {
				headers.put("Cookie", header);
			}
		}
		clearExpiredCookies(now);
	}

	/**
	 * Takes the cookies of a response that has come now.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @return the cookies that were taken; unmodifiable
	 */
	public List<Cookie> extractCookies(URI url, List<String> setCookieValues) {
		return setCookieValues.isEmpty() ? List.of() : extract(url, setCookieValues, clock().instant());
	}

	/**
	 * Takes the cookies of a response. Cookies that have expired delete; what the policy
	 * or RFC 6265bis forbids is ignored and logged.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @param now the present
	 * @return the cookies that were taken; unmodifiable
	 */
	public List<Cookie> extract(URI url, List<String> setCookieValues, Instant now) {
		CookieTarget target = CookieTarget.of(url);
		CookiePolicy current = policy();
		if (setCookieValues.isEmpty() || target == null || !current.acceptsFrom(target.host())) {
			return List.of();
		}
		Extraction extraction = new Extraction(current, target, now);
		// Outside the lock: the first Domain attribute makes the public-suffix list load.
		List<Cookie> permitted = extraction.permitted(setCookieValues);
		return permitted.isEmpty() ? List.of() : change((jar) -> extraction.store(permitted, jar));
	}

	/**
	 * Reads the cookies of a response without taking them and without asking the policy;
	 * only what could never be a cookie of that host is left out.
	 * @param url the URL of the request
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @return the cookies that have not expired; unmodifiable
	 */
	public List<Cookie> makeCookies(URI url, List<String> setCookieValues) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			return List.of();
		}
		Instant now = clock().instant();
		CookieRules rules = new CookieRules(policy(), target, now);
		List<Cookie> cookies = new ArrayList<>();
		for (String header : setCookieValues) {
			Cookie cookie = rules.read(header);
			if (cookie != null && !cookie.isExpired(now)) {
				cookies.add(cookie);
			}
		}
		return List.copyOf(cookies);
	}

	/**
	 * Stores a cookie as if the server of that URL had set it.
	 * @param cookie the cookie
	 * @param url the URL
	 * @return whether the policy and RFC 6265bis allowed it
	 */
	public boolean setCookieIfOk(Cookie cookie, URI url) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			return false;
		}
		Extraction extraction = new Extraction(policy(), target, clock().instant());
		return extraction.permits(cookie) && change((jar) -> extraction.store(cookie, jar));
	}

	/**
	 * A jar with the same cookies, policy and clock. Later changes of the one do not
	 * touch the other.
	 * @return a new jar
	 */
	public CookieJar copy() {
		return new CookieJar(policy(), clock(), table());
	}

	/**
	 * A copy whose cookies without domain are for the host of that URL only, so that a
	 * redirect does not carry them to another (see {@link Cookie#bindTo(String)}).
	 * @param url the URL of the first request
	 * @return a new jar
	 * @throws IllegalArgumentException if the URL has no host
	 */
	public CookieJar boundTo(URI url) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			throw new IllegalArgumentException("Cookies cannot be bound to a URL without host");
		}
		CookieJar bound = copy();
		bound.change((jar) -> {
			for (Cookie cookie : bound.cookies()) {
				if (cookie.domain().isEmpty() && cookie.boundHost() == null) {
					bound.put(jar, cookie.bindTo(target.host()));
				}
			}
			return jar;
		});
		return bound;
	}

	/**
	 * Writes the jar as a Netscape cookie file, which curl reads ({@code -b}). The file
	 * is replaced in one step and, where the system allows, readable by its owner only.
	 * Cookies for every host are left out: the format has no place for them.
	 * @param file the file; its folder must exist
	 * @return how many cookies were written
	 * @throws IllegalStateException if the file cannot be written
	 */
	public int saveNetscape(Path file) {
		return NetscapeFile.write(file, cookies());
	}

	/**
	 * Adds the cookies of a Netscape cookie file, as curl writes it ({@code -c}). Those
	 * that have expired are left out.
	 * @param file the file
	 * @return this jar
	 * @throws IllegalArgumentException if the file cannot be read or is no such file
	 */
	public CookieJar loadNetscape(Path file) {
		List<Cookie> cookies = NetscapeFile.read(file, clock().instant());
		change((jar) -> {
			cookies.forEach((cookie) -> put(jar, cookie));
			return jar;
		});
		return this;
	}

	/**
	 * The cookies, with their values masked.
	 */
	@Override
	public String toString() {
		return "<CookieJar" + cookies() + ">";
	}

	/**
	 * Is written as texts alone, which are checked when they are read.
	 * @return what stands for this jar in the stream
	 */
	@Serial
	private Object writeReplace() {
		return new SerializedJar(this);
	}

}
