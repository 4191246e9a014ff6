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
 * Decides which cookies a server may set for a URL, and stores those of one response in a
 * jar (RFC 6265bis, section 5.7). What is rejected is logged by name, never with its
 * value.
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
	 * The cookie that a Set-Cookie header describes; {@code null} if it must be ignored.
	 */
	@Nullable Cookie read(String header) {
		SetCookie parsed = SetCookie.parse(header, this.policy.maxAttributeOctets(), this.now);
		if (parsed == null) {
			logger.debug("Ignored a cookie from {}: it has a control character or no name", this.target.host());
			return null;
		}
		String domain = domainOf(parsed.domain());
		if (domain == null) {
			return refuse(parsed.name(), "its domain does not cover the host");
		}
		String path = parsed.pathOr(directoryOf(this.target.path()));
		if (CookieText.hasControl(path)) {
			return refuse(parsed.name(), "its path has a control character");
		}
		if (hasPrefix(parsed.name(), HOST_PREFIX) && !parsed.hasPath()) {
			return refuse(parsed.name(), "the prefix __Host- demands a Path");
		}
		boolean hostOnly = domain.isEmpty();
		return parsed.toBuilder().domain(hostOnly ? this.target.host() : domain).hostOnly(hostOnly).path(path).build();
	}

	/**
	 * {@code ""} for a cookie of the host alone; {@code null} if the domain is not the
	 * host's.
	 */
	private @Nullable String domainOf(String attribute) {
		String domain = Domains.withoutLeadingDot(attribute);
		if (domain.isEmpty()) {
			return "";
		}
		// No host matches a domain with a dot at its end, which once let supercookies
		// pass
		// (CVE-2022-27779).
		String canonical = domain.endsWith(".") ? null : Domains.canonical(domain);
		if (canonical == null || !Domains.matches(this.target.host(), canonical)) {
			return null;
		}
		boolean hostItself = canonical.equals(this.target.host());
		return (hostItself && (IpAddress.endsInNumber(canonical) || isPublicSuffix(canonical))) ? "" : canonical;
	}

	/**
	 * The directory of the request path: {@code /dir} for {@code /dir/x}.
	 */
	private static String directoryOf(String requestPath) {
		int lastSlash = requestPath.lastIndexOf('/');
		return (lastSlash <= 0) ? "/" : requestPath.substring(0, lastSlash);
	}

	/** Whether the server may set the cookie at all, whatever the jar holds. */
	boolean permit(Cookie cookie) {
		String reason = refusal(cookie);
		return reason == null || refuse(cookie.name(), reason) != null;
	}

	/** Whether the jar may take a permitted cookie, beside what it holds already. */
	private boolean permit(Cookie cookie, CookieTableEdit jar) {
		boolean overlays = !this.target.secure() && !cookie.secure() && jar.hasSecureOverlaidBy(cookie);
		return !overlays || refuse(cookie.name(), "it would overlay a Secure cookie") != null;
	}

	private @Nullable String refusal(Cookie cookie) {
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
			return "the prefix __Secure- demands Secure";
		}
		if (hasPrefix(cookie.name(), HOST_PREFIX)
				&& !(cookie.secure() && cookie.hostOnly() && cookie.path().equals("/"))) {
			return "the prefix __Host- demands Secure, Path=/ and no Domain";
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
	 * In any case: servers there are that do not tell the cases apart (RFC 6265bis,
	 * section 5.7).
	 */
	private static boolean hasPrefix(String name, String prefix) {
		return name.length() >= prefix.length()
				&& name.substring(0, prefix.length()).toLowerCase(Locale.ROOT).equals(prefix);
	}

	private @Nullable Cookie refuse(String name, String reason) {
		logger.debug("Ignored cookie '{}' from {}: {}", name, this.target.host(), reason);
		return null;
	}

	/** The first cookies that may be set, up to the limit (CVE-2022-32205). */
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

	/** Those that are in the jar when all is done. */
	List<Cookie> store(List<Cookie> permitted, CookieTableEdit jar) {
		// An expired Secure cookie must not keep others out.
		jar.removeIf((cookie) -> cookie.isExpired(this.now));
		Set<Cookie> stored = new LinkedHashSet<>();
		for (Cookie cookie : permitted) {
			Cookie storable = cookie.withoutEscapedQuotes();
			if (store(storable, jar)) {
				stored.add(storable);
			}
		}
		stored.removeIf((cookie) -> !jar.holds(cookie));
		return List.copyOf(stored);
	}

	/** Whether the cookie was let in; one that has expired deletes. */
	boolean store(Cookie cookie, CookieTableEdit jar) {
		if (!permit(cookie, jar)) {
			return false;
		}
		if (cookie.isExpired(this.now)) {
			jar.remove(cookie);
			return true;
		}
		boolean isNew = !jar.has(cookie);
		jar.put(cookie, this.now);
		if (isNew && !cookie.domain().isEmpty() && jar.sizeOf(cookie.domain()) > this.policy.maxPerDomain()) {
			jar.evictFrom(cookie.domain(), this.now);
		}
		jar.trimTo(this.policy.maxCookies(), this.now);
		return true;
	}

}
