package io.github.requests4j.cookies;

import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The writing half of a jar: holds the present table and swaps it, one change at a time.
 */
abstract class CookieStore extends CookieLookup {

	private final ReentrantLock lock = new ReentrantLock();

	private final InstantSource clock;

	private volatile CookiePolicy policy;

	private volatile CookieTable table;

	CookieStore(CookiePolicy policy, InstantSource clock, CookieTable table) {
		this.policy = policy;
		this.clock = clock;
		this.table = table;
	}

	final CookieTable table() {
		return this.table;
	}

	final InstantSource clock() {
		return this.clock;
	}

	@Override
	public List<Cookie> cookies() {
		return this.table.cookies();
	}

	@Override
	public int size() {
		return this.table.size();
	}

	/**
	 * The policy.
	 * @return which cookies are taken and sent
	 */
	public CookiePolicy policy() {
		return this.policy;
	}

	/**
	 * Changes the policy. Cookies that are in the jar already stay.
	 * @param policy which cookies to take and to send from now on
	 */
	public void setPolicy(CookiePolicy policy) {
		this.policy = policy;
	}

	/**
	 * Stores a cookie; it replaces that of the same name, domain, reach and path. Escaped
	 * quotes inside a quoted value are removed (behaviour 113).
	 * @param cookie the cookie
	 */
	public void setCookie(Cookie cookie) {
		change((jar) -> put(jar, cookie));
	}

	/**
	 * Sets a cookie for every host, or with {@code null} deletes all cookies of that name
	 * (behaviour 118).
	 * @param name the name; not empty
	 * @param value the value, or {@code null} to delete
	 * @return the cookie, or {@code null} after deleting
	 * @throws IllegalArgumentException if name or value has a control character
	 */
	public @Nullable Cookie set(String name, @Nullable String value) {
		return set(name, value, null, null);
	}

	/**
	 * Sets a cookie of a domain, or with {@code null} deletes that domain's cookies of
	 * that name.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} to delete
	 * @param domain the domain; {@code null} for every host, and when deleting for every
	 * domain
	 * @return the cookie, or {@code null} after deleting
	 * @throws IllegalArgumentException if name, value or domain is not allowed
	 */
	public @Nullable Cookie set(String name, @Nullable String value, @Nullable String domain) {
		return set(name, value, domain, null);
	}

	/**
	 * Sets a cookie of a domain and path, or with {@code null} deletes it. A cookie that
	 * the host has set for itself alone is replaced and stays so restricted, unless the
	 * domain has a leading dot.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} to delete
	 * @param domain the domain; {@code null} for every host, and when deleting for every
	 * domain
	 * @param path the path; {@code null} for {@code "/"}, and when deleting for every
	 * path
	 * @return the cookie, or {@code null} after deleting
	 * @throws IllegalArgumentException if name, value, domain or path is not allowed
	 */
	public @Nullable Cookie set(String name, @Nullable String value, @Nullable String domain, @Nullable String path) {
		return change((jar) -> set(jar, name, value, domain, path));
	}

	private @Nullable Cookie set(CookieTableEdit jar, String name, @Nullable String value, @Nullable String domain,
			@Nullable String path) {
		if (value == null) {
			String where = (domain != null) ? Domains.forLookup(domain) : null;
			jar.removeIf((cookie) -> cookie.name().equals(name) && isIn(cookie, where, path));
			return null;
		}
		Cookie cookie = Cookie.builder(name, value)
			.domain((domain != null) ? domain : "")
			.path((path != null) ? path : "/")
			.build();
		boolean exact = domain != null && domain.startsWith(".");
		return put(jar, exact ? cookie : likeHostOnly(jar, cookie));
	}

	/**
	 * Sets a cookie with any attributes.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} for a bare name
	 * @param settings what else the cookie has
	 * @return the cookie
	 * @throws IllegalArgumentException if anything is not allowed
	 */
	public Cookie set(String name, @Nullable String value, Consumer<Cookie.Builder> settings) {
		Cookie cookie = Cookies.createCookie(name, value, settings);
		return change((jar) -> put(jar, cookie));
	}

	/**
	 * Sets a cookie for every host unless one of that name has a value.
	 * @param name the name; not empty
	 * @param value the value; with {@code null} nothing is set
	 * @return the value that is there already, else the given one
	 * @throws CookieConflictException if several have that name
	 * @throws IllegalArgumentException if name or value has a control character
	 */
	public @Nullable String setDefault(String name, @Nullable String value) {
		return change((jar) -> {
			String present = get(name);
			if (present == null && value != null) {
				put(jar, Cookie.create(name, value));
			}
			return (present != null) ? present : value;
		});
	}

	/**
	 * Sets a cookie for every host from each entry; {@code null} values delete.
	 * @param cookies names and values
	 * @throws IllegalArgumentException if a name or value has a control character
	 */
	public void update(Map<String, ? extends @Nullable String> cookies) {
		change((jar) -> {
			cookies.forEach((name, value) -> set(jar, name, value, null, null));
			return jar;
		});
	}

	/**
	 * Stores all cookies of another jar; they replace those of the same name, domain,
	 * reach and path.
	 * @param other the other jar; stays as it is
	 */
	public void update(CookieJar other) {
		List<Cookie> cookies = other.cookies();
		if (!cookies.isEmpty()) {
			change((jar) -> {
				cookies.forEach((cookie) -> put(jar, cookie));
				return jar;
			});
		}
	}

	/**
	 * Deletes all cookies of that name, of every domain and path (behaviour 118).
	 * @param name the name; case matters
	 * @return whether there was one
	 */
	public boolean remove(String name) {
		return change((jar) -> jar.removeIf((cookie) -> cookie.name().equals(name)));
	}

	/**
	 * Removes the cookie of that name.
	 * @param name the name; case matters
	 * @return its value
	 * @throws IllegalArgumentException if there is none or it has no value
	 * @throws CookieConflictException if several have that name
	 */
	public String pop(String name) {
		String value = pop(name, null);
		if (value == null) {
			throw new IllegalArgumentException("The jar has no cookie '" + name + "' with a value to pop");
		}
		return value;
	}

	/**
	 * Removes the cookie of that name if there is one.
	 * @param name the name; case matters
	 * @param defaultValue what to return if there is none or it has no value
	 * @return its value or the default
	 * @throws CookieConflictException if several have that name
	 */
	public @Nullable String pop(String name, @Nullable String defaultValue) {
		return change((jar) -> {
			String value = get(name);
			if (value != null) {
				jar.removeIf((cookie) -> cookie.name().equals(name));
			}
			return (value != null) ? value : defaultValue;
		});
	}

	/**
	 * Removes the cookie that was created first.
	 * @return its name and value, which may be {@code null}
	 * @throws IllegalStateException if the jar is empty
	 */
	public Map.Entry<String, @Nullable String> popItem() {
		return change((jar) -> {
			if (isEmpty()) {
				throw new IllegalStateException("The jar is empty, so there is no cookie to pop");
			}
			Cookie first = cookies().get(0);
			jar.remove(first);
			return new SimpleImmutableEntry<>(first.name(), first.value());
		});
	}

	/**
	 * Deletes all cookies.
	 */
	public void clear() {
		change((jar) -> jar.removeIf((cookie) -> true));
	}

	/**
	 * Deletes the cookies of a domain, if there are any.
	 * @param domain the exact domain, with or without a leading dot
	 */
	public void clear(String domain) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain), (cookie) -> true));
	}

	/**
	 * Deletes the cookies of a domain and path, if there are any.
	 * @param domain the exact domain, with or without a leading dot
	 * @param path the exact path
	 */
	public void clear(String domain, String path) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain), (cookie) -> cookie.path().equals(path)));
	}

	/**
	 * Deletes the cookie of a domain, path and name, if there is one.
	 * @param domain the exact domain, with or without a leading dot
	 * @param path the exact path
	 * @param name the name; case matters
	 */
	public void clear(String domain, String path, String name) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain),
				(cookie) -> cookie.path().equals(path) && cookie.name().equals(name)));
	}

	/**
	 * Deletes the cookies that have expired by now.
	 */
	public void clearExpiredCookies() {
		clearExpiredCookies(this.clock.instant());
	}

	final void clearExpiredCookies(Instant now) {
		if (this.table.hasExpired(now)) {
			change((jar) -> jar.removeIf((cookie) -> cookie.isExpired(now)));
		}
	}

	/**
	 * Deletes the cookies that have no expiry, as the end of a session would.
	 */
	public void clearSessionCookies() {
		change((jar) -> jar.removeIf(Cookie::discard));
	}

	/** The only place where the table is swapped. */
	final <T extends @Nullable Object> T change(Function<CookieTableEdit, T> change) {
		this.lock.lock();
		try {
			CookieTableEdit edit = this.table.edit();
			T result = change.apply(edit);
			this.table = edit.apply();
			return result;
		}
		finally {
			this.lock.unlock();
		}
	}

	final Cookie put(CookieTableEdit jar, Cookie cookie) {
		Instant now = this.clock.instant();
		Cookie stored = cookie.withoutEscapedQuotes();
		jar.put(stored, now);
		jar.trimTo(this.policy.maxCookies(), now);
		return stored;
	}

	private Cookie likeHostOnly(CookieTableEdit jar, Cookie cookie) {
		Cookie hostOnly = cookie.toBuilder().hostOnly(true).build();
		return (jar.has(hostOnly) && !jar.has(cookie)) ? hostOnly : cookie;
	}

}
