package io.github.requests4j.cookies;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The reading half of a jar: requests' dictionary of cookies. Every method works on one
 * snapshot, so that a change by another thread is seen whole or not at all.
 * <p>
 * Its public methods are not final: only then does the compiler give {@link CookieJar}
 * ones of its own, which reflection and expression languages can call.
 */
abstract class CookieLookup implements Iterable<Cookie> {

	/**
	 * All cookies at this moment, in the order of their creation. Expired ones are among
	 * them until the jar next sends or takes cookies.
	 * @return an unmodifiable list that later changes do not touch
	 */
	public abstract List<Cookie> cookies();

	/**
	 * How many cookies there are.
	 * @return a number
	 */
	public abstract int size();

	/**
	 * Whether there is no cookie (behaviour 117).
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
	 * The value of the only cookie of that name (behaviours 117 and 119).
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
				throw new CookieConflictException("There are multiple cookies with name '" + name
						+ "'; narrow the choice by domain and path, or iterate over the jar");
			}
			found = cookie.value();
		}
		return found;
	}

	static boolean isIn(Cookie cookie, @Nullable String domain, @Nullable String path) {
		return (domain == null || cookie.domain().equals(domain)) && (path == null || cookie.path().equals(path));
	}

	/**
	 * Whether a cookie of that name has a value; also when several have (behaviour 117).
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
	 * Names and values of all cookies; of equal names the last wins (behaviours 120 and
	 * 250).
	 * @return an unmodifiable map that later changes do not touch; values may be
	 * {@code null}
	 */
	public Map<String, @Nullable String> getDict() {
		return getDict(null, null);
	}

	/**
	 * Names and values of the cookies of a domain and path; of equal names the last wins
	 * (behaviour 120).
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
	 * The domains of the cookies, each once, in the order in which they appear (behaviour
	 * 120). Cookies that belong to no domain give {@code ""}.
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

}
