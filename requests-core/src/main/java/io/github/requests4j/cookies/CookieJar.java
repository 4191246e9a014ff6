package io.github.requests4j.cookies;

import java.io.InvalidClassException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * Stores the cookies of responses and selects those to send (RFC 6265bis). Can be used as
 * a dictionary of names and values, like {@code RequestsCookieJar}.
 * <p>
 * Thread-safe: changes are atomic, and results (including iterators) are snapshots.
 * {@link #copy()} is cheap, because jars share their cookies until one of them changes.
 * Serializable as strings, without the clock. <pre>{@code
 * CookieJar jar = new CookieJar();
 * jar.set("theme", "dark", "example.com", "/shop");
 * Session session = Session.builder().cookies(jar).build();
 * String theme = session.cookies().get("theme");
 * }</pre>
 *
 * @see CookiePolicy
 */
public final class CookieJar implements Iterable<Cookie>, Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient ReentrantLock lock = new ReentrantLock();

	private final transient InstantSource clock;

	private final transient @Nullable CookieMirror mirror;

	private transient volatile CookiePolicy policy;

	private transient volatile CookieTable table;

	/**
	 * Creates an empty jar with the default policy.
	 */
	public CookieJar() {
		this(CookiePolicy.defaults());
	}

	/**
	 * Creates an empty jar.
	 * @param policy determines which cookies are accepted and sent
	 */
	public CookieJar(CookiePolicy policy) {
		this(policy, InstantSource.system());
	}

	/**
	 * Creates an empty jar.
	 * @param policy determines which cookies are accepted and sent
	 * @param clock the clock for methods without a time parameter
	 */
	public CookieJar(CookiePolicy policy, InstantSource clock) {
		this(policy, clock, CookieTable.EMPTY, null);
	}

	/**
	 * Creates a jar that shares its cookies with jars of other processes. Copies of it do
	 * not.
	 * @param policy determines which cookies are accepted and sent
	 * @param mirror keeps the jar and a shared store in step; for this jar only
	 */
	public CookieJar(CookiePolicy policy, CookieMirror mirror) {
		this(policy, InstantSource.system(), CookieTable.EMPTY, mirror);
	}

	private CookieJar(CookiePolicy policy, InstantSource clock, CookieTable table, @Nullable CookieMirror mirror) {
		this.mirror = mirror;
		this.policy = policy;
		this.clock = clock;
		this.table = table;
	}

	/**
	 * Creates a jar with the cookies of a Netscape cookie file.
	 * @param file a file that {@link #saveNetscape(Path)} or curl has written
	 * @return a new jar with the default policy
	 * @throws IllegalArgumentException if the file cannot be read or is not a cookie file
	 */
	public static CookieJar fromNetscape(Path file) {
		return new CookieJar().loadNetscape(file);
	}

	/**
	 * Returns all cookies in the order of their creation. Expired cookies are included
	 * until the jar next sends or stores cookies.
	 * @return an unmodifiable snapshot
	 */
	public List<Cookie> cookies() {
		return this.table.cookies();
	}

	/**
	 * Returns the number of cookies.
	 * @return the number
	 */
	public int size() {
		return this.table.size();
	}

	/**
	 * Returns whether the jar is empty.
	 * @return {@code true} if there are no cookies
	 */
	public boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Returns whether other processes share the cookies of this jar. A request may then
	 * bring cookies into an empty jar.
	 * @return {@code true} if the jar has a {@link CookieMirror}
	 */
	public boolean isShared() {
		return this.mirror != null;
	}

	/**
	 * Returns an iterator over a snapshot, so other threads can change the jar at the
	 * same time.
	 * @return an iterator that does not support {@code remove}
	 */
	@Override
	public Iterator<Cookie> iterator() {
		return cookies().iterator();
	}

	/**
	 * Returns the value of the only cookie with this name.
	 * @param name the case-sensitive name
	 * @return the value, or {@code null} if there is no cookie or it has no value
	 * @throws CookieConflictException if several cookies have this name
	 */
	public @Nullable String get(String name) {
		return get(name, null, null, null);
	}

	/**
	 * Returns the value of the only cookie with this name.
	 * @param name the case-sensitive name
	 * @param defaultValue the value to return if there is no cookie or it has no value
	 * @return the value or the default
	 * @throws CookieConflictException if several cookies have this name
	 */
	public @Nullable String get(String name, @Nullable String defaultValue) {
		return get(name, defaultValue, null, null);
	}

	/**
	 * Returns the value of the only cookie with this name, domain and path.
	 * @param name the case-sensitive name
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return the value, or {@code null} if there is no cookie or it has no value
	 * @throws CookieConflictException if there are several such cookies
	 */
	public @Nullable String get(String name, @Nullable String domain, @Nullable String path) {
		return get(name, null, domain, path);
	}

	/**
	 * Returns the value of the only cookie with this name, domain and path.
	 * @param name the case-sensitive name
	 * @param defaultValue the value to return if there is no cookie or it has no value
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return the value or the default
	 * @throws CookieConflictException if there are several such cookies
	 */
	public @Nullable String get(String name, @Nullable String defaultValue, @Nullable String domain,
			@Nullable String path) {
		String found = find(name, domain, path);
		return (found != null) ? found : defaultValue;
	}

	private @Nullable String find(String name, @Nullable String domain, @Nullable String path) {
		String where = (domain != null) ? Domains.forLookup(domain) : null;
		String found = null;
		for (Cookie cookie : cookies()) {
			if (cookie.value() == null || !cookie.name().equals(name) || !isIn(cookie, where, path)) {
				continue;
			}
			if (found != null) {
				throw CookieConflictException.about(name);
			}
			found = cookie.value();
		}
		return found;
	}

	private static boolean isIn(Cookie cookie, @Nullable String domain, @Nullable String path) {
		return (domain == null || cookie.domain().equals(domain)) && (path == null || cookie.path().equals(path));
	}

	/**
	 * Returns whether at least one cookie with this name has a value.
	 * @param name the case-sensitive name
	 * @return {@code true} if there is one
	 */
	public boolean contains(String name) {
		return cookies().stream().anyMatch((cookie) -> cookie.value() != null && cookie.name().equals(name));
	}

	/**
	 * Returns names and values of all cookies. If a name is repeated, the last cookie
	 * wins.
	 * @return an unmodifiable snapshot, whose values may be {@code null}
	 */
	public Map<String, @Nullable String> getDict() {
		return getDict(null, null);
	}

	/**
	 * Returns names and values of the cookies with this domain and path. If a name is
	 * repeated, the last cookie wins.
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return an unmodifiable snapshot, whose values may be {@code null}
	 */
	public Map<String, @Nullable String> getDict(@Nullable String domain, @Nullable String path) {
		String where = (domain != null) ? Domains.forLookup(domain) : null;
		Map<String, @Nullable String> dict = new LinkedHashMap<>();
		for (Cookie cookie : cookies()) {
			if (isIn(cookie, where, path)) {
				dict.put(cookie.name(), cookie.value());
			}
		}
		return Collections.unmodifiableMap(dict);
	}

	/**
	 * Returns the names of all cookies, including repeated ones.
	 * @return an unmodifiable list
	 */
	public List<String> keys() {
		return map(Cookie::name);
	}

	/**
	 * Returns the values of all cookies, in the order of {@link #keys()}.
	 * @return an unmodifiable list; values may be {@code null}
	 */
	public List<@Nullable String> values() {
		return map(Cookie::value);
	}

	/**
	 * Returns names and values of all cookies, including repeated ones.
	 * @return an unmodifiable list of unmodifiable entries; values may be {@code null}
	 */
	public List<Map.Entry<String, @Nullable String>> items() {
		return map((cookie) -> new SimpleImmutableEntry<>(cookie.name(), cookie.value()));
	}

	/**
	 * Returns an iterator over {@link #keys()}.
	 * @return an iterator that does not support {@code remove}
	 */
	public Iterator<String> iterKeys() {
		return keys().iterator();
	}

	/**
	 * Returns an iterator over {@link #values()}.
	 * @return an iterator that does not support {@code remove}
	 */
	public Iterator<@Nullable String> iterValues() {
		return values().iterator();
	}

	/**
	 * Returns an iterator over {@link #items()}.
	 * @return an iterator that does not support {@code remove}
	 */
	public Iterator<Map.Entry<String, @Nullable String>> iterItems() {
		return items().iterator();
	}

	/**
	 * Returns the distinct domains of the cookies, in the order of their first
	 * occurrence. The domain of cookies without one is {@code ""}.
	 * @return an unmodifiable list
	 */
	public List<String> listDomains() {
		return distinct(Cookie::domain);
	}

	/**
	 * Returns the distinct paths of the cookies, in the order of their first occurrence.
	 * @return an unmodifiable list
	 */
	public List<String> listPaths() {
		return distinct(Cookie::path);
	}

	/**
	 * Returns whether there are cookies of several domains. The method of requests does
	 * not do what its documentation says.
	 * @return {@code true} if there are at least two domains
	 */
	public boolean multipleDomains() {
		return listDomains().size() > 1;
	}

	private <T extends @Nullable Object> List<T> map(Function<Cookie, T> property) {
		List<T> list = new ArrayList<>(size());
		for (Cookie cookie : cookies()) {
			list.add(property.apply(cookie));
		}
		return Collections.unmodifiableList(list);
	}

	private List<String> distinct(Function<Cookie, String> property) {
		Set<String> distinct = new LinkedHashSet<>();
		for (Cookie cookie : cookies()) {
			distinct.add(property.apply(cookie));
		}
		return List.copyOf(distinct);
	}

	/**
	 * Returns the policy that determines which cookies are accepted and sent.
	 * @return the policy
	 */
	public CookiePolicy policy() {
		return this.policy;
	}

	/**
	 * Sets the policy. Cookies that are already in the jar are kept.
	 * @param policy determines which cookies are accepted and sent
	 */
	public void setPolicy(CookiePolicy policy) {
		this.policy = policy;
	}

	/**
	 * Stores a cookie, which replaces one with the same name, domain, host-only flag and
	 * path. Escaped quotes in a quoted value are removed.
	 * @param cookie the cookie
	 */
	public void setCookie(Cookie cookie) {
		change((jar) -> put(jar, cookie));
	}

	/**
	 * Sets a cookie for every host, or deletes all cookies with this name if the value is
	 * {@code null}.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} to delete
	 * @return the cookie, or {@code null} after deleting
	 * @throws IllegalArgumentException if name or value contains a control character
	 */
	public @Nullable Cookie set(String name, @Nullable String value) {
		return set(name, value, null, null);
	}

	/**
	 * Sets a cookie for a domain, or deletes the domain's cookies with this name if the
	 * value is {@code null}.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} to delete
	 * @param domain the domain; {@code null} for every host or, when deleting, every
	 * domain
	 * @return the cookie, or {@code null} after deleting
	 * @throws IllegalArgumentException if name, value or domain is not allowed
	 */
	public @Nullable Cookie set(String name, @Nullable String value, @Nullable String domain) {
		return set(name, value, domain, null);
	}

	/**
	 * Sets a cookie for a domain and path, or deletes it if the value is {@code null}. If
	 * it replaces a host-only cookie, the new cookie is host-only too, unless the domain
	 * has a leading dot.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} to delete
	 * @param domain the domain; {@code null} for every host or, when deleting, every
	 * domain
	 * @param path the path; {@code null} for {@code "/"} or, when deleting, every path
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
		return put(jar, exact ? cookie : jar.keepHostOnly(cookie));
	}

	/**
	 * Sets a cookie with attributes.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} for a name alone
	 * @param settings sets the attributes
	 * @return the cookie
	 * @throws IllegalArgumentException if the name, value or an attribute is not allowed
	 */
	public Cookie set(String name, @Nullable String value, Consumer<Cookie.Builder> settings) {
		Cookie cookie = Cookies.createCookie(name, value, settings);
		return change((jar) -> put(jar, cookie));
	}

	/**
	 * Sets a cookie for every host unless a cookie with this name already has a value.
	 * @param name the name, not empty
	 * @param value the value; if it is {@code null}, nothing is set
	 * @return the existing value, or the given one
	 * @throws CookieConflictException if several cookies have this name
	 * @throws IllegalArgumentException if name or value contains a control character
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
	 * Sets a cookie for every host from each entry. A {@code null} value deletes cookies.
	 * @param cookies names and values
	 * @throws IllegalArgumentException if a name or value contains a control character
	 */
	public void update(Map<String, ? extends @Nullable String> cookies) {
		change((jar) -> {
			cookies.forEach((name, value) -> set(jar, name, value, null, null));
			return jar;
		});
	}

	/**
	 * Stores all cookies of another jar, which replace those with the same name, domain,
	 * host-only flag and path.
	 * @param other the other jar, which is not changed
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
	 * Deletes all cookies with this name.
	 * @param name the case-sensitive name
	 * @return whether there were any
	 */
	public boolean remove(String name) {
		return change((jar) -> jar.removeIf((cookie) -> cookie.name().equals(name)));
	}

	/**
	 * Removes the cookie with this name.
	 * @param name the case-sensitive name
	 * @return its value
	 * @throws IllegalArgumentException if there is no cookie or it has no value
	 * @throws CookieConflictException if several cookies have this name
	 */
	public String pop(String name) {
		String value = pop(name, null);
		if (value == null) {
			throw new IllegalArgumentException("The jar has no cookie '" + name + "' with a value.");
		}
		return value;
	}

	/**
	 * Removes the cookie with this name if there is one.
	 * @param name the case-sensitive name
	 * @param defaultValue the value to return if there is no cookie or it has no value
	 * @return its value or the default
	 * @throws CookieConflictException if several cookies have this name
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
	 * Removes the oldest cookie.
	 * @return its name and value, which may be {@code null}
	 * @throws IllegalStateException if the jar is empty
	 */
	public Map.Entry<String, @Nullable String> popItem() {
		return change((jar) -> {
			if (isEmpty()) {
				throw new IllegalStateException("The jar is empty.");
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
	 * Deletes the cookies of a domain.
	 * @param domain the exact domain, with or without a leading dot
	 */
	public void clear(String domain) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain), (cookie) -> true));
	}

	/**
	 * Deletes the cookies of a domain and path.
	 * @param domain the exact domain, with or without a leading dot
	 * @param path the exact path
	 */
	public void clear(String domain, String path) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain), (cookie) -> cookie.path().equals(path)));
	}

	/**
	 * Deletes the cookie with this domain, path and name.
	 * @param domain the exact domain, with or without a leading dot
	 * @param path the exact path
	 * @param name the case-sensitive name
	 */
	public void clear(String domain, String path, String name) {
		change((jar) -> jar.removeIf(Domains.forLookup(domain),
				(cookie) -> cookie.path().equals(path) && cookie.name().equals(name)));
	}

	/**
	 * Deletes expired cookies.
	 */
	public void clearExpiredCookies() {
		clearExpiredCookies(this.clock.instant());
	}

	private void clearExpiredCookies(Instant now) {
		if (this.table.hasExpired(now)) {
			change((jar) -> jar.removeIf((cookie) -> cookie.isExpired(now)));
		}
	}

	/**
	 * Deletes the cookies without an expiry time, as at the end of a session.
	 */
	public void clearSessionCookies() {
		change((jar) -> jar.removeIf(Cookie::discard));
	}

	/** Changes the table atomically. */
	<T extends @Nullable Object> T change(Function<CookieTableEdit, T> change) {
		CookieMirror sharing = this.mirror;
		T result;
		boolean changed;
		this.lock.lock();
		try {
			CookieTable before = this.table;
			CookieTableEdit edit = before.edit();
			result = change.apply(edit);
			CookieTable after = edit.apply();
			this.table = after;
			changed = sharing != null && after != before && after.reportTo(sharing, before);
		}
		finally {
			this.lock.unlock();
		}
		if (sharing != null && changed) {
			sharing.publish(this);
		}
		return result;
	}

	/**
	 * Replaces all cookies by those of a shared store. Does not report that to the mirror
	 * of this jar, which calls this method.
	 * @param cookies returns the cookies in the order of their creation; called while
	 * other changes wait
	 */
	public void reload(Supplier<List<Cookie>> cookies) {
		this.lock.lock();
		try {
			CookieTableEdit edit = CookieTable.EMPTY.edit();
			cookies.get().forEach((cookie) -> put(edit, cookie));
			this.table = edit.apply();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void refresh() {
		CookieMirror sharing = this.mirror;
		if (sharing != null) {
			sharing.refresh(this);
		}
	}

	Cookie put(CookieTableEdit jar, Cookie cookie) {
		Instant now = this.clock.instant();
		Cookie stored = cookie.withoutEscapedQuotes();
		jar.put(stored, now);
		jar.trimTo(this.policy.maxCookies(), now);
		return stored;
	}

	/**
	 * Returns the value of the Cookie header for a request that is sent now.
	 * @param url the URL of the request, whose host is used instead of a Host header
	 * @return the value, or {@code null} if there are no cookies to send
	 */
	public @Nullable String cookieHeader(Url url) {
		refresh();
		return this.table.isEmpty() ? null : header(url, this.clock.instant());
	}

	/**
	 * Returns the value of the Cookie header for a request: longer paths first, then in
	 * the order of creation. Cookies that would exceed the maximum length of the header
	 * are omitted.
	 * @param url the URL of the request, whose host is used instead of a Host header
	 * @param now the current time
	 * @return the value, or {@code null} if there are no cookies to send
	 */
	public @Nullable String cookieHeader(Url url, Instant now) {
		refresh();
		return header(url, now);
	}

	private @Nullable String header(Url url, Instant now) {
		CookieTable current = this.table;
		if (current.isEmpty()) {
			return null;
		}
		CookieTarget target = CookieTarget.of(url);
		CookiePolicy rules = this.policy;
		if (target == null || !rules.sendsTo(target.host())) {
			return null;
		}
		return current.header(target, now, rules.maxHeaderOctets());
	}

	/**
	 * Adds the Cookie header to the headers of a request, unless they already contain
	 * one, and then deletes expired cookies.
	 * @param url the URL of the request
	 * @param headers the headers of the request, which are changed
	 */
	public void addCookieHeader(Url url, Map<String, String> headers) {
		Instant now = this.clock.instant();
		if (headers.keySet().stream().noneMatch("Cookie"::equalsIgnoreCase)) {
			String header = cookieHeader(url, now);
			if (header != null) {
				headers.put("Cookie", header);
			}
		}
		clearExpiredCookies(now);
	}

	/**
	 * Stores the cookies of a response that was received now.
	 * @param url the URL of the request, whose host is used instead of a Host header
	 * @param setCookieValues the separate values of all Set-Cookie headers
	 * @return the cookies that were stored, unmodifiable
	 */
	public List<Cookie> extractCookies(Url url, List<String> setCookieValues) {
		return setCookieValues.isEmpty() ? List.of() : extract(url, setCookieValues, this.clock.instant());
	}

	/**
	 * Stores the cookies of a response. An expired cookie deletes an existing one.
	 * Cookies that the policy or RFC 6265bis does not allow are ignored and logged.
	 * @param url the URL of the request, whose host is used instead of a Host header
	 * @param setCookieValues the separate values of all Set-Cookie headers
	 * @param now the current time
	 * @return the cookies that were stored, unmodifiable
	 */
	public List<Cookie> extract(Url url, List<String> setCookieValues, Instant now) {
		CookieTarget target = CookieTarget.of(url);
		CookiePolicy current = this.policy;
		if (setCookieValues.isEmpty() || target == null || !current.acceptsFrom(target.host())) {
			return List.of();
		}
		CookieRules rules = new CookieRules(current, target, now);
		// Outside the lock, because the first Domain attribute loads the public-suffix
		// list.
		List<Cookie> permitted = rules.permitted(setCookieValues);
		return permitted.isEmpty() ? List.of() : change((jar) -> rules.store(permitted, jar));
	}

	/**
	 * Parses the cookies of a response without storing them or applying the policy. Only
	 * cookies that the host can never set are omitted.
	 * @param url the URL of the request
	 * @param setCookieValues the separate values of all Set-Cookie headers
	 * @return the cookies that have not expired, unmodifiable
	 */
	public List<Cookie> makeCookies(Url url, List<String> setCookieValues) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			return List.of();
		}
		Instant now = this.clock.instant();
		CookieRules rules = new CookieRules(this.policy, target, now);
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
	 * Stores a cookie as if the server of a URL had set it.
	 * @param cookie the cookie
	 * @param url the URL
	 * @return whether the policy and RFC 6265bis allow it
	 */
	public boolean setCookieIfOk(Cookie cookie, Url url) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			return false;
		}
		CookieRules rules = new CookieRules(this.policy, target, this.clock.instant());
		return rules.permit(cookie) && change((jar) -> rules.store(cookie, jar));
	}

	/**
	 * Returns a jar with the same cookies, policy and clock. Later changes of one jar do
	 * not affect the other.
	 * @return a new jar
	 */
	public CookieJar copy() {
		return new CookieJar(this.policy, this.clock, this.table, null);
	}

	/**
	 * Returns a copy in which cookies without a domain are bound to the host of a URL, so
	 * that they are not sent to another host after a redirect (see
	 * {@link Cookie#bindTo(String)}).
	 * @param url the URL of the first request
	 * @return a new jar
	 * @throws IllegalArgumentException if the URL has no host
	 */
	public CookieJar boundTo(Url url) {
		CookieTarget target = CookieTarget.of(url);
		if (target == null) {
			throw new IllegalArgumentException("Cookies cannot be bound to a URL without a host.");
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
	 * Writes the jar to a Netscape cookie file, which curl can read ({@code -b}). The
	 * file is replaced atomically and, if the file system supports it, only readable by
	 * its owner. Cookies for every host are omitted, because the format does not support
	 * them.
	 * @param file the file, whose directory must exist
	 * @return the number of cookies written
	 * @throws IllegalStateException if the file cannot be written
	 */
	public int saveNetscape(Path file) {
		return NetscapeFile.write(file, cookies());
	}

	/**
	 * Adds the cookies of a Netscape cookie file, which curl can write ({@code -c}).
	 * Expired cookies are omitted.
	 * @param file the file
	 * @return this jar
	 * @throws IllegalArgumentException if the file cannot be read or is not a cookie file
	 */
	public CookieJar loadNetscape(Path file) {
		List<Cookie> cookies = NetscapeFile.read(file, this.clock.instant());
		change((jar) -> {
			cookies.forEach((cookie) -> put(jar, cookie));
			return jar;
		});
		return this;
	}

	/**
	 * Returns the cookies as text, with their values masked.
	 */
	@Override
	public String toString() {
		return "<CookieJar" + cookies() + ">";
	}

	/**
	 * Returns the serialized form, which consists of strings that are checked when they
	 * are read.
	 * @return the serialized form
	 */
	@Serial
	private Object writeReplace() {
		return new SerializedJar(this);
	}

	/**
	 * Rejects streams that contain a jar itself, which this class never writes.
	 * @return never
	 * @throws InvalidClassException always
	 */
	@Serial
	private Object readResolve() throws InvalidClassException {
		throw new InvalidClassException("The stream was not written by CookieJar, which is serialized as strings.");
	}

}
