package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The helpers that requests has for dictionaries of cookies. <pre>{@code
 * CookieJar jar = Cookies.cookieJarFromDict(Map.of("theme", "dark"));
 * Map<String, String> names = Cookies.dictFromCookieJar(jar);
 * }</pre>
 */
public final class Cookies {

	private Cookies() {
	}

	/**
	 * Names and values of the cookies of a jar; of equal names the last wins.
	 * @param jar the jar
	 * @return an unmodifiable map; values may be {@code null}
	 */
	public static Map<String, @Nullable String> dictFromCookieJar(CookieJar jar) {
		return jar.getDict();
	}

	/**
	 * Puts names and values into a jar, over what is there.
	 * @param jar the jar; changed
	 * @param dict names and values; a {@code null} value makes a bare name
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value has a control character
	 */
	public static CookieJar addDictToCookieJar(CookieJar jar, Map<String, ? extends @Nullable String> dict) {
		return cookieJarFromDict(dict, jar, true);
	}

	/**
	 * A new jar with these names and values, for every host.
	 * @param dict names and values; a {@code null} value makes a bare name; {@code null}
	 * makes an empty jar
	 * @return a new jar
	 * @throws IllegalArgumentException if a name or value has a control character
	 */
	public static CookieJar cookieJarFromDict(@Nullable Map<String, ? extends @Nullable String> dict) {
		return cookieJarFromDict(dict, null, true);
	}

	/**
	 * Puts names and values into a jar.
	 * @param dict names and values; a {@code null} value makes a bare name; {@code null}
	 * is the same as empty
	 * @param jar the jar, changed; {@code null} for a new one
	 * @param overwrite whether a name that the jar has already is set again
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value has a control character
	 */
	public static CookieJar cookieJarFromDict(@Nullable Map<String, ? extends @Nullable String> dict,
			@Nullable CookieJar jar, boolean overwrite) {
		CookieJar target = (jar != null) ? jar : new CookieJar();
		if (dict != null && !dict.isEmpty()) {
			target.change((edit) -> {
				Set<String> present = overwrite ? Set.of() : new HashSet<>(target.keys());
				dict.forEach((name, value) -> {
					if (!present.contains(name)) {
						target.put(edit, Cookie.create(name, value));
					}
				});
				return target;
			});
		}
		return target;
	}

	/**
	 * Adds names and values to a jar, without touching names that it has.
	 * @param jar the jar; changed
	 * @param cookies names and values; {@code null} is the same as empty
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value has a control character
	 */
	public static CookieJar mergeCookies(CookieJar jar, @Nullable Map<String, ? extends @Nullable String> cookies) {
		return cookieJarFromDict(cookies, jar, false);
	}

	/**
	 * Adds the cookies of a jar to another, over what that has.
	 * @param jar the jar; changed
	 * @param cookies the other jar, which stays as it is; {@code null} is the same as
	 * empty
	 * @return the jar
	 */
	public static CookieJar mergeCookies(CookieJar jar, @Nullable CookieJar cookies) {
		if (cookies != null) {
			jar.update(cookies);
		}
		return jar;
	}

	/**
	 * Makes a cookie for every host.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} for a bare name
	 * @return the cookie
	 * @throws IllegalArgumentException if name or value has a control character
	 * @see Cookie#create(String, String)
	 */
	public static Cookie createCookie(String name, @Nullable String value) {
		return Cookie.create(name, value);
	}

	/**
	 * Makes a cookie with any attributes; what is not set is as in
	 * {@link #createCookie(String, String)}.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} for a bare name
	 * @param settings what else the cookie has
	 * @return the cookie
	 * @throws IllegalArgumentException if anything is not allowed
	 */
	public static Cookie createCookie(String name, @Nullable String value, Consumer<Cookie.Builder> settings) {
		Cookie.Builder builder = Cookie.builder(name, value);
		settings.accept(builder);
		return builder.build();
	}

	/**
	 * Reads the value of a Set-Cookie header, by the name that requests has for it.
	 * @param setCookie the value of one header
	 * @return the cookie; without Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, a control character, or a
	 * Domain that is no host name
	 * @see #fromSetCookie(String)
	 */
	public static Cookie morselToCookie(String setCookie) {
		return fromSetCookie(setCookie);
	}

	/**
	 * Reads the value of a Set-Cookie header; Max-Age counts from now.
	 * @param setCookie the value of one header
	 * @return the cookie; without Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, a control character, or a
	 * Domain that is no host name
	 */
	public static Cookie fromSetCookie(String setCookie) {
		return fromSetCookie(setCookie, Instant.now());
	}

	/**
	 * Reads the value of a Set-Cookie header.
	 * @param setCookie the value of one header
	 * @param now the moment from which Max-Age counts
	 * @return the cookie; without Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, a control character, or a
	 * Domain that is no host name
	 */
	public static Cookie fromSetCookie(String setCookie, Instant now) {
		SetCookie parsed = SetCookie.parse(setCookie, CookiePolicy.defaults().maxAttributeOctets(), now);
		if (parsed == null) {
			throw new IllegalArgumentException(
					"This is no Set-Cookie value: it has no name, or a control character in it");
		}
		return parsed.toBuilder().domain(parsed.domain()).path(parsed.pathOr("/")).build();
	}

}
