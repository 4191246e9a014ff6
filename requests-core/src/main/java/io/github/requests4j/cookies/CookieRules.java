package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.url.IpAddress;

/**
 * Determines which cookies a server may set for a URL, and stores those of a response in
 * a jar (RFC 6265bis, section 5.7). Rejected cookies are logged with their name, but not
 * their value.
 */
final class CookieRules {

	private static final Logger logger = LoggerFactory.getLogger(CookieJar.class);

	private static final String SECURE_PREFIX = "__secure-";

	private static final String HOST_PREFIX = "__host-";

	private final CookiePolicy policy;

	private final CookieTarget target;

	private final Instant now;

	CookieRules(CookiePolicy policy, CookieTarget target, Instant now) {
		this.policy = policy;
		this.target = target;
		this.now = now;
	}

	/**
	 * Parses a Set-Cookie header. Returns {@code null} if it must be ignored.
	 */
	@Nullable Cookie read(String header) {
		SetCookie parsed = SetCookie.parse(header, this.policy.maxAttributeOctets(), this.now);
		if (parsed == null) {
			logger.debug("Ignored a cookie from {}: it contains a control character or has no name",
					this.target.host());
			return null;
		}
		String domain = domainOf(parsed.domain());
		if (domain == null) {
			return ignore(parsed.name(), "its domain does not cover the host");
		}
		String path = parsed.pathOr(directoryOf(this.target.path()));
		if (CookieText.hasControl(path)) {
			return ignore(parsed.name(), "its path contains a control character");
		}
		if (hasPrefix(parsed.name(), HOST_PREFIX) && !parsed.hasPath()) {
			return ignore(parsed.name(), "the prefix __Host- requires a Path");
		}
		boolean hostOnly = domain.isEmpty();
		return parsed.toBuilder().domain(hostOnly ? this.target.host() : domain).hostOnly(hostOnly).path(path).build();
	}

	/**
	 * Returns the domain of the cookie: {@code ""} if it is host-only, {@code null} if
	 * the domain does not cover the host.
	 */
	private @Nullable String domainOf(String attribute) {
		String domain = Domains.withoutLeadingDot(attribute);
		if (domain.isEmpty()) {
			return "";
		}
		// No host matches a domain with a trailing dot, which once allowed supercookies
		// (CVE-2022-27779).
		String canonical = domain.endsWith(".") ? null : Domains.canonical(domain);
		if (canonical == null || !Domains.matches(this.target.host(), canonical)) {
			return null;
		}
		boolean hostItself = canonical.equals(this.target.host());
		return (hostItself && (IpAddress.endsInNumber(canonical) || isPublicSuffix(canonical))) ? "" : canonical;
	}

	/**
	 * Returns the directory of the request path: {@code /dir} for {@code /dir/x}.
	 */
	private static String directoryOf(String requestPath) {
		int lastSlash = requestPath.lastIndexOf('/');
		return (lastSlash <= 0) ? "/" : requestPath.substring(0, lastSlash);
	}

	/**
	 * Returns whether the server may set the cookie, regardless of the cookies in the
	 * jar.
	 */
	boolean permit(Cookie cookie) {
		String reason = rejectionReason(cookie);
		return reason == null || ignore(cookie.name(), reason) != null;
	}

	/** Returns whether the existing cookies in the jar allow a permitted cookie. */
	private boolean permit(Cookie cookie, CookieTableEdit jar) {
		boolean overlays = !this.target.secure() && !cookie.secure() && jar.hasSecureOverlaidBy(cookie);
		return !overlays || ignore(cookie.name(), "it would overlay a Secure cookie") != null;
	}

	private @Nullable String rejectionReason(Cookie cookie) {
		if (!this.policy.acceptsFrom(this.target.host())) {
			return "the policy blocks the host";
		}
		if (!coversHost(cookie)) {
			return "its domain does not cover the host";
		}
		if (hasSharedDomain(cookie)) {
			return "its domain is a public suffix";
		}
		if (CookieText.octets(cookie.name()) + CookieText.octets(cookie.value()) > this.policy.maxPairOctets()) {
			return "name and value are too long";
		}
		if (cookie.secure() && !this.target.secure()) {
			return "a Secure cookie cannot be set over an unencrypted connection";
		}
		if (hasPrefix(cookie.name(), SECURE_PREFIX) && !cookie.secure()) {
			return "the prefix __Secure- requires Secure";
		}
		if (hasPrefix(cookie.name(), HOST_PREFIX)
				&& !(cookie.secure() && cookie.hostOnly() && cookie.path().equals("/"))) {
			return "the prefix __Host- requires Secure, Path=/ and no Domain";
		}
		return null;
	}

	private boolean hasSharedDomain(Cookie cookie) {
		String domain = cookie.domain();
		return !cookie.hostOnly() && !domain.isEmpty() && !IpAddress.endsInNumber(domain) && isPublicSuffix(domain);
	}

	private boolean coversHost(Cookie cookie) {
		String host = this.target.host();
		if (cookie.domain().isEmpty()) {
			return true;
		}
		return cookie.hostOnly() ? cookie.domain().equals(host) : Domains.matches(host, cookie.domain());
	}

	private boolean isPublicSuffix(String domain) {
		return (domain.indexOf('.') < 0) || (this.policy.publicSuffixes() && PublicSuffixes.contains(domain));
	}

	/**
	 * Compares a prefix ignoring case, because some servers do (RFC 6265bis, section
	 * 5.7).
	 */
	private static boolean hasPrefix(String name, String prefix) {
		return name.length() >= prefix.length()
				&& name.substring(0, prefix.length()).toLowerCase(Locale.ROOT).equals(prefix);
	}

	private @Nullable Cookie ignore(String name, String reason) {
		logger.debug("Ignored cookie '{}' from {}: {}", name, this.target.host(), reason);
		return null;
	}

	/** Returns the first cookies that may be set, up to the limit (CVE-2022-32205). */
	List<Cookie> permitted(List<String> headers) {
		List<Cookie> permitted = new ArrayList<>();
		for (String header : headers) {
			if (permitted.size() == this.policy.maxPerResponse()) {
				break;
			}
			Cookie cookie = read(header);
			if (cookie != null && permit(cookie)) {
				permitted.add(cookie);
			}
		}
		return permitted;
	}

	/** Stores cookies and returns those that are in the jar afterwards. */
	List<Cookie> store(List<Cookie> permitted, CookieTableEdit jar) {
		// An expired Secure cookie must not block others.
		jar.removeIf((cookie) -> cookie.isExpired(this.now));
		Set<Cookie> stored = new LinkedHashSet<>();
		for (Cookie cookie : permitted) {
			Cookie storable = cookie.withoutEscapedQuotes();
			if (store(storable, jar)) {
				stored.add(storable);
			}
		}
		stored.removeIf((cookie) -> !jar.containsEqual(cookie));
		return List.copyOf(stored);
	}

	/**
	 * Stores a cookie and returns whether it was allowed. An expired cookie deletes an
	 * existing one.
	 */
	boolean store(Cookie cookie, CookieTableEdit jar) {
		if (!permit(cookie, jar)) {
			return false;
		}
		if (cookie.isExpired(this.now)) {
			jar.remove(cookie);
			return true;
		}
		boolean isNew = !jar.contains(cookie);
		jar.put(cookie, this.now);
		if (isNew && !cookie.domain().isEmpty() && jar.sizeOf(cookie.domain()) > this.policy.maxPerDomain()) {
			jar.evictFrom(cookie.domain(), this.now);
		}
		jar.trimTo(this.policy.maxCookies(), this.now);
		return true;
	}

}
