package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes what one response sets into a jar (RFC 6265bis, section 5.7).
 */
final class Extraction {

	private final CookiePolicy policy;

	private final CookieRules rules;

	private final Instant now;

	Extraction(CookiePolicy policy, CookieTarget target, Instant now) {
		this.policy = policy;
		this.rules = new CookieRules(policy, target, now);
		this.now = now;
	}

	boolean permits(Cookie cookie) {
		return this.rules.permit(cookie);
	}

	/** The first cookies that may be set, up to the limit (CVE-2022-32205). */
	List<Cookie> permitted(List<String> headers) {
		List<Cookie> permitted = new ArrayList<>();
		for (String header : headers) {
			if (permitted.size() == this.policy.maxPerResponse()) {
				break;
			}
			Cookie cookie = this.rules.read(header);
			if (cookie != null && permits(cookie)) {
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
		if (!this.rules.permit(cookie, jar)) {
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
