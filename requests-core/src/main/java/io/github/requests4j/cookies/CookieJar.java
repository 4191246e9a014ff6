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

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

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
public final class CookieJar implements Iterable<Cookie>, Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient ReentrantLock lock = new ReentrantLock();

	private final transient InstantSource clock;

	private transient volatile CookiePolicy policy;

	private transient volatile CookieTable table;

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
		this.policy = policy;
		this.clock = clock;
		this.table = table;
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
	 * All cookies at this moment, in the order of their creation. Expired ones are among
	 * them until the jar next sends or takes cookies.
	 * @return an unmodifiable list that later changes do not touch
	 */
	public List<Cookie> cookies() {
		return this.table.cookies();
	}

	/**
	 * How many cookies there are.
	 * @return a number
	 */
	public int size() {
		return this.table.size();
	}

	/**
	 * Whether there is no cookie.
	 * @return {@code true} if empty
	 */
	public boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Iterates over a snapshot: safe while other threads change the jar.
	 * @return an iterator that cannot remove
	 */
	@Override
	public Iterator<Cookie> iterator() {
		return cookies().iterator();
	}

	/**
	 * The value of the only cookie of that name.
	 * @param name the name; case matters
	 * @return the value, or {@code null} if there is none or it has no value
	 * @throws CookieConflictException if several have that name
	 */
	public @Nullable String get(String name) {
		return get(name, null, null, null);
	}

	/**
	 * The value of the only cookie of that name.
	 * @param name the name; case matters
	 * @param defaultValue what to return if there is none or it has no value
	 * @return the value or the default
	 * @throws CookieConflictException if several have that name
	 */
	public @Nullable String get(String name, @Nullable String defaultValue) {
		return get(name, defaultValue, null, null);
	}

	/**
	 * The value of the only cookie of that name, domain and path.
	 * @param name the name; case matters
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return the value, or {@code null} if there is none or it has no value
	 * @throws CookieConflictException if there are several
	 */
	public @Nullable String get(String name, @Nullable String domain, @Nullable String path) {
		return get(name, null, domain, path);
	}

	/**
	 * The value of the only cookie of that name, domain and path.
	 * @param name the name; case matters
	 * @param defaultValue what to return if there is none or it has no value
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return the value or the default
	 * @throws CookieConflictException if there are several
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
	 * Whether a cookie of that name has a value; also when several have.
	 * @param name the name; case matters
	 * @return {@code true} if there is one
	 */
	public boolean contains(String name) {
		for (Cookie cookie : cookies()) {
			if (cookie.value() != null && cookie.name().equals(name)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Names and values of all cookies; of equal names the last wins.
	 * @return an unmodifiable map that later changes do not touch; values may be
	 * {@code null}
	 */
	public Map<String, @Nullable String> getDict() {
		return getDict(null, null);
	}

	/**
	 * Names and values of the cookies of a domain and path; of equal names the last wins.
	 * @param domain the exact domain, with or without a leading dot; {@code null} for any
	 * @param path the exact path; {@code null} for any
	 * @return an unmodifiable map that later changes do not touch; values may be
	 * {@code null}
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
	 * The names of all cookies, with repetitions.
	 * @return an unmodifiable list
	 */
	public List<String> keys() {
		return map(Cookie::name);
	}

	/**
	 * The values of all cookies, in the order of {@link #keys()}.
	 * @return an unmodifiable list; values may be {@code null}
	 */
	public List<@Nullable String> values() {
		return map(Cookie::value);
	}

	/**
	 * Names and values of all cookies, with repetitions.
	 * @return an unmodifiable list of unmodifiable entries; values may be {@code null}
	 */
	public List<Map.Entry<String, @Nullable String>> items() {
		return map((cookie) -> new SimpleImmutableEntry<>(cookie.name(), cookie.value()));
	}

	/**
	 * Iterates over {@link #keys()}.
	 * @return an iterator that cannot remove
	 */
	public Iterator<String> iterKeys() {
		return keys().iterator();
	}

	/**
	 * Iterates over {@link #values()}.
	 * @return an iterator that cannot remove
	 */
	public Iterator<@Nullable String> iterValues() {
		return values().iterator();
	}

	/**
	 * Iterates over {@link #items()}.
	 * @return an iterator that cannot remove
	 */
	public Iterator<Map.Entry<String, @Nullable String>> iterItems() {
		return items().iterator();
	}

	/**
	 * The domains of the cookies, each once, in the order in which they appear. Cookies
	 * that belong to no domain give {@code ""}.
	 * @return an unmodifiable list
	 */
	public List<String> listDomains() {
		return distinct(Cookie::domain);
	}

	/**
	 * The paths of the cookies, each once, in the order in which they appear.
	 * @return an unmodifiable list
	 */
	public List<String> listPaths() {
		return distinct(Cookie::path);
	}

	/**
	 * Whether the cookies are of several domains. (That of requests answers another
	 * question than its documentation says.)
	 * @return {@code true} if there are at least two
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
	 * quotes inside a quoted value are removed.
	 * @param cookie the cookie
	 */
	public void setCookie(Cookie cookie) {
		change((jar) -> put(jar, cookie));
	}

	/**
	 * Sets a cookie for every host, or with {@code null} deletes all cookies of that
	 * name.
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
	 * Deletes all cookies of that name, of every domain and path.
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

	private void clearExpiredCookies(Instant now) {
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
	<T extends @Nullable Object> T change(Function<CookieTableEdit, T> change) {
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

	Cookie put(CookieTableEdit jar, Cookie cookie) {
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

	/**
	 * Returns the value of the Cookie header for a request that is sent now.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @return the value, or {@code null} if no cookie is to be sent
	 */
	public @Nullable String cookieHeader(Url url) {
		return this.table.isEmpty() ? null : cookieHeader(url, this.clock.instant());
	}

	/**
	 * The value of the Cookie header for a request: longer paths first, then in the order
	 * of creation. Cookies beyond the longest header are left out.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param now the present
	 * @return the value, or {@code null} if no cookie is to be sent
	 */
	public @Nullable String cookieHeader(Url url, Instant now) {
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
	 * Puts the Cookie header among the headers of a request, unless they have one, in any
	 * case; then drops what has expired.
	 * @param url the URL of the request
	 * @param headers the headers of the request; changed
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
	 * Takes the cookies of a response that has come now.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @return the cookies that were taken; unmodifiable
	 */
	public List<Cookie> extractCookies(Url url, List<String> setCookieValues) {
		return setCookieValues.isEmpty() ? List.of() : extract(url, setCookieValues, this.clock.instant());
	}

	/**
	 * Takes the cookies of a response. Cookies that have expired delete; what the policy
	 * or RFC 6265bis forbids is ignored and logged.
	 * @param url the URL of the request; its host counts, never a Host header
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @param now the present
	 * @return the cookies that were taken; unmodifiable
	 */
	public List<Cookie> extract(Url url, List<String> setCookieValues, Instant now) {
		CookieTarget target = CookieTarget.of(url);
		CookiePolicy current = this.policy;
		if (setCookieValues.isEmpty() || target == null || !current.acceptsFrom(target.host())) {
			return List.of();
		}
		CookieRules rules = new CookieRules(current, target, now);
		// Outside the lock: the first Domain attribute makes the public-suffix list load.
		List<Cookie> permitted = rules.permitted(setCookieValues);
		return permitted.isEmpty() ? List.of() : change((jar) -> rules.store(permitted, jar));
	}

	/**
	 * Reads the cookies of a response without taking them and without asking the policy;
	 * only what could never be a cookie of that host is left out.
	 * @param url the URL of the request
	 * @param setCookieValues the values of all Set-Cookie headers, each by itself
	 * @return the cookies that have not expired; unmodifiable
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
	 * Stores a cookie as if the server of that URL had set it.
	 * @param cookie the cookie
	 * @param url the URL
	 * @return whether the policy and RFC 6265bis allowed it
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
	 * A jar with the same cookies, policy and clock. Later changes of the one do not
	 * touch the other.
	 * @return a new jar
	 */
	public CookieJar copy() {
		return new CookieJar(this.policy, this.clock, this.table);
	}

	/**
	 * A copy whose cookies without domain are for the host of that URL only, so that a
	 * redirect does not carry them to another (see {@link Cookie#bindTo(String)}).
	 * @param url the URL of the first request
	 * @return a new jar
	 * @throws IllegalArgumentException if the URL has no host
	 */
	public CookieJar boundTo(Url url) {
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
		List<Cookie> cookies = NetscapeFile.read(file, this.clock.instant());
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

	/**
	 * Rejects a jar: no stream that this class has written contains one.
	 * @return never
	 * @throws InvalidClassException always
	 */
	@Serial
	private Object readResolve() throws InvalidClassException {
		throw new InvalidClassException("A CookieJar is serialized as texts only; this stream was not written by it");
	}

}
