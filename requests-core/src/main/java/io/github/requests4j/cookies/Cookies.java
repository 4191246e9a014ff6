package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The cookie helpers of requests. <pre>{@code
 * CookieJar jar = Cookies.cookieJarFromDict(Map.of("theme", "dark"));
 * Map<String, String> names = Cookies.dictFromCookieJar(jar);
 * }</pre>
 */
public final class Cookies {

	private Cookies() {
	}

	/**
	 * Returns names and values of the cookies of a jar. If a name is repeated, the last
	 * cookie wins.
	 * @param jar the jar
	 * @return an unmodifiable map; values may be {@code null}
	 */
	public static Map<String, @Nullable String> dictFromCookieJar(CookieJar jar) {
		return jar.getDict();
	}

	/**
	 * Adds names and values to a jar, replacing existing cookies.
	 * @param jar the jar, which is changed
	 * @param dict names and values; a {@code null} value sends the name alone
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value contains a control character
	 */
	public static CookieJar addDictToCookieJar(CookieJar jar, Map<String, ? extends @Nullable String> dict) {
		return cookieJarFromDict(dict, jar, true);
	}

	/**
	 * Creates a jar with these names and values, for every host.
	 * @param dict names and values; a {@code null} value sends the name alone;
	 * {@code null} creates an empty jar
	 * @return a new jar
	 * @throws IllegalArgumentException if a name or value contains a control character
	 */
	public static CookieJar cookieJarFromDict(@Nullable Map<String, ? extends @Nullable String> dict) {
		return cookieJarFromDict(dict, null, true);
	}

	/**
	 * Adds names and values to a jar.
	 * @param dict names and values; a {@code null} value sends the name alone;
	 * {@code null} is the same as empty
	 * @param jar the jar, which is changed; {@code null} for a new one
	 * @param overwrite whether to replace existing cookies with the same name
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value contains a control character
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
	 * Adds names and values to a jar, without replacing existing cookies.
	 * @param jar the jar, which is changed
	 * @param cookies names and values; {@code null} is the same as empty
	 * @return the jar
	 * @throws IllegalArgumentException if a name or value contains a control character
	 */
	public static CookieJar mergeCookies(CookieJar jar, @Nullable Map<String, ? extends @Nullable String> cookies) {
		return cookieJarFromDict(cookies, jar, false);
	}

	/**
	 * Adds the cookies of a jar to another one, replacing existing cookies.
	 * @param jar the jar, which is changed
	 * @param cookies the other jar, which is not changed; {@code null} is the same as
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
	 * Creates a cookie for every host.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} for a name alone
	 * @return the cookie
	 * @throws IllegalArgumentException if name or value contains a control character
	 * @see Cookie#create(String, String)
	 */
	public static Cookie createCookie(String name, @Nullable String value) {
		return Cookie.create(name, value);
	}

	/**
	 * Creates a cookie with attributes. The defaults are those of
	 * {@link #createCookie(String, String)}.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} for a name alone
	 * @param settings sets the attributes
	 * @return the cookie
	 * @throws IllegalArgumentException if the name, value or an attribute is not allowed
	 */
	public static Cookie createCookie(String name, @Nullable String value, Consumer<Cookie.Builder> settings) {
		Cookie.Builder builder = Cookie.builder(name, value);
		settings.accept(builder);
		return builder.build();
	}

	/**
	 * Parses the value of a Set-Cookie header, with the name that requests uses.
	 * @param setCookie the value of one header
	 * @return the cookie; without a Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, contains a control character,
	 * or has a Domain that is not a valid host name
	 * @see #fromSetCookie(String)
	 */
	public static Cookie morselToCookie(String setCookie) {
		return fromSetCookie(setCookie);
	}

	/**
	 * Parses the value of a Set-Cookie header. Max-Age is relative to the current time.
	 * @param setCookie the value of one header
	 * @return the cookie; without a Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, contains a control character,
	 * or has a Domain that is not a valid host name
	 */
	public static Cookie fromSetCookie(String setCookie) {
		return fromSetCookie(setCookie, Instant.now());
	}

	/**
	 * Parses the value of a Set-Cookie header.
	 * @param setCookie the value of one header
	 * @param now the time to which Max-Age is relative
	 * @return the cookie; without a Domain attribute it is for every host
	 * @throws IllegalArgumentException if it has no name, contains a control character,
	 * or has a Domain that is not a valid host name
	 */
	public static Cookie fromSetCookie(String setCookie, Instant now) {
		SetCookie parsed = SetCookie.parse(setCookie, CookiePolicy.defaults().maxAttributeOctets(), now);
		if (parsed == null) {
			throw new IllegalArgumentException("The Set-Cookie value has no name or contains a control character.");
		}
		return parsed.toBuilder().domain(parsed.domain()).path(parsed.pathOr("/")).build();
	}

}
