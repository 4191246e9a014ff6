package io.github.requests4j.cookies;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * The parsed value of a Set-Cookie header (RFC 6265bis, section 5.6). Does not apply
 * rules about hosts. Not thread-safe.
 */
final class SetCookie {

	/** The latest time of an Expires attribute, used for cookies that never expire. */
	static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	private final String name;

	private final @Nullable String value;

	private final int maxAttributeOctets;

	private final Instant now;

	private String domain = "";

	private @Nullable String path;

	private boolean secure;

	private boolean httpOnly;

	private @Nullable String sameSite;

	private @Nullable Instant expiresByDate;

	private @Nullable Instant expiresByAge;

	private final Map<String, String> rest = new LinkedHashMap<>(0);

	private SetCookie(String name, @Nullable String value, int maxAttributeOctets, Instant now) {
		this.name = name;
		this.value = value;
		this.maxAttributeOctets = maxAttributeOctets;
		this.now = now;
	}

	/**
	 * Parses a header. Returns {@code null} if it must be ignored, because it contains a
	 * control character or has no name.
	 */
	static @Nullable SetCookie parse(String header, int maxAttributeOctets, Instant now) {
		if (CookieText.hasControlButTab(header)) {
			return null;
		}
		int end = endOfPart(header, 0);
		int equals = header.indexOf('=');
		boolean bare = equals < 0 || equals > end;
		String name = CookieText.trim(header.substring(0, bare ? end : equals));
		if (name.isEmpty() || CookieText.hasControl(name)) {
			return null;
		}
		String value = bare ? null : CookieText.trim(header.substring(equals + 1, end));
		SetCookie cookie = new SetCookie(name, value, maxAttributeOctets, now);
		cookie.readAttributes(header, end);
		return cookie;
	}

	private static int endOfPart(String header, int start) {
		int semicolon = header.indexOf(';', start);
		return (semicolon >= 0) ? semicolon : header.length();
	}

	private void readAttributes(String header, int endOfPair) {
		int start = endOfPair + 1;
		while (start < header.length()) {
			int end = endOfPart(header, start);
			String part = header.substring(start, end);
			// Searches only this part. Without a later "=", each search would read the
			// whole header.
			int equals = part.indexOf('=');
			String attribute = CookieText.trim((equals < 0) ? part : part.substring(0, equals));
			String text = (equals < 0) ? "" : CookieText.trim(part.substring(equals + 1));
			if (CookieText.octets(text) <= this.maxAttributeOctets) {
				setAttribute(attribute, text);
			}
			start = end + 1;
		}
	}

	/** Sets an attribute. If it is repeated, the last value wins. */
	private void setAttribute(String attribute, String text) {
		switch (attribute.toLowerCase(Locale.ROOT)) {
			case "expires" -> setExpires(text);
			case "max-age" -> setMaxAge(text);
			case "domain" -> this.domain = text;
			case "path" -> this.path = text;
			case "secure" -> this.secure = true;
			case "httponly" -> this.httpOnly = true;
			case "samesite" -> this.sameSite = text;
			case "" -> {
			}
			default -> this.rest.put(attribute, text);
		}
	}

	private void setExpires(String text) {
		Instant date = CookieDates.parse(text);
		this.expiresByDate = (date != null) ? date : this.expiresByDate;
	}

	private void setMaxAge(String text) {
		boolean negative = text.startsWith("-");
		String digits = negative ? text.substring(1) : text;
		if (!Digits.areDigits(digits)) {
			return;
		}
		this.expiresByAge = negative ? Instant.EPOCH : after(digits);
	}

	private Instant after(String digits) {
		long number = Digits.parse(digits);
		// A number that is too large is treated as "never".
		long seconds = (number < 0) ? Long.MAX_VALUE : number;
		if (seconds == 0) {
			return Instant.EPOCH;
		}
		return (seconds < this.now.until(LATEST, ChronoUnit.SECONDS)) ? this.now.plusSeconds(seconds) : LATEST;
	}

	String name() {
		return this.name;
	}

	/** Returns the unchecked Domain attribute, {@code ""} if there is none. */
	String domain() {
		return this.domain;
	}

	boolean hasPath() {
		return this.path != null;
	}

	/** Returns the Path attribute if it is valid, otherwise the default path. */
	String pathOr(String defaultPath) {
		return (this.path != null && this.path.startsWith("/")) ? this.path : defaultPath;
	}

	/** Returns a builder without domain and path. */
	Cookie.Builder toBuilder() {
		return Cookie.builder(this.name, this.value)
			.secure(this.secure)
			.httpOnly(this.httpOnly)
			.sameSite(this.sameSite)
			.expires((this.expiresByAge != null) ? this.expiresByAge : this.expiresByDate)
			.rest(this.rest);
	}

}
