package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieTable.StoredCookie;

/**
 * Collects changes of a {@link CookieTable}, which is not modified itself. Not
 * thread-safe.
 */
final class CookieTableEdit {

	private final CookieTable origin;

	private @Nullable Map<String, StoredCookie[]> changed;

	private int size;

	private long nextSequence;

	CookieTableEdit(CookieTable origin) {
		this.origin = origin;
		this.size = origin.size();
		this.nextSequence = origin.nextSequence();
	}

	/** Returns the changed table, or the original one if nothing changed. */
	CookieTable apply() {
		return (this.changed != null) ? new CookieTable(this.changed, this.size, this.nextSequence) : this.origin;
	}

	int sizeOf(String domain) {
		return ofDomain(domain).length;
	}

	/** Returns whether the table contains an equal cookie. */
	boolean containsEqual(Cookie cookie) {
		int index = indexOf(ofDomain(cookie.domain()), cookie);
		return index >= 0 && ofDomain(cookie.domain())[index].cookie().equals(cookie);
	}

	/** Returns whether the table contains a cookie with the same identity. */
	boolean contains(Cookie cookie) {
		return indexOf(ofDomain(cookie.domain()), cookie) >= 0;
	}

	/**
	 * Returns the cookie, as a cookie of its host only if it replaces such a cookie.
	 */
	Cookie keepHostOnly(Cookie cookie) {
		Cookie hostOnly = cookie.toBuilder().hostOnly(true).build();
		return (contains(hostOnly) && !contains(cookie)) ? hostOnly : cookie;
	}

	/** Removes the cookie with the same identity. Returns whether there was one. */
	boolean remove(Cookie cookie) {
		return removeIf(cookie.domain(), cookie::hasIdentityOf);
	}

	/**
	 * Stores a cookie. It replaces one with the same identity and takes its position in
	 * the order of creation (RFC 6265, section 5.3, step 11).
	 */
	void put(Cookie cookie, Instant now) {
		StoredCookie[] before = ofDomain(cookie.domain());
		int index = indexOf(before, cookie);
		boolean isNew = index < 0;
		StoredCookie[] after = Arrays.copyOf(before, before.length + (isNew ? 1 : 0));
		long sequence = isNew ? this.nextSequence++ : before[index].sequence();
		after[isNew ? before.length : index] = new StoredCookie(cookie, sequence, now.toEpochMilli());
		this.size += isNew ? 1 : 0;
		map().put(cookie.domain(), after);
	}

	/** Removes matching cookies. Returns whether there were any. */
	boolean removeIf(Predicate<Cookie> condition) {
		List<String> affected = new ArrayList<>(0);
		domains().forEach((domain, cookies) -> {
			if (count(cookies, condition) > 0) {
				affected.add(domain);
			}
		});
		affected.forEach((domain) -> removeIf(domain, condition));
		return !affected.isEmpty();
	}

	/** Removes matching cookies of a domain. Returns whether there were any. */
	boolean removeIf(String domain, Predicate<Cookie> condition) {
		StoredCookie[] before = ofDomain(domain);
		int removed = count(before, condition);
		if (removed == 0) {
			return false;
		}
		this.size -= removed;
		if (removed == before.length) {
			map().remove(domain);
		}
		else {
			map().put(domain, without(before, condition, removed));
		}
		return true;
	}

	private static int count(StoredCookie[] cookies, Predicate<Cookie> condition) {
		int count = 0;
		for (StoredCookie stored : cookies) {
			count += condition.test(stored.cookie()) ? 1 : 0;
		}
		return count;
	}

	private static StoredCookie[] without(StoredCookie[] cookies, Predicate<Cookie> condition, int removed) {
		StoredCookie[] rest = new StoredCookie[cookies.length - removed];
		int next = 0;
		for (StoredCookie stored : cookies) {
			if (!condition.test(stored.cookie())) {
				rest[next++] = stored;
			}
		}
		return rest;
	}

	/**
	 * Evicts the expired cookies of a domain or, if there are none, the one that was used
	 * least recently.
	 */
	void evictFrom(String domain, Instant now) {
		if (!removeIf(domain, (cookie) -> cookie.isExpired(now))) {
			evictOne(domain);
		}
	}

	/**
	 * Evicts cookies until the whole table is within the limit. Cookies of the domain
	 * with the most cookies are evicted first, so that one site cannot displace the
	 * others. Cookies without a domain are never evicted, because the caller has set
	 * them.
	 */
	void trimTo(int limit, Instant now) {
		if (this.size > limit) {
			removeIf((cookie) -> cookie.isExpired(now));
		}
		while (this.size > limit) {
			String largest = largestDomain();
			if (largest == null) {
				return;
			}
			evictOne(largest);
		}
	}

	/**
	 * Returns whether a cookie from an unencrypted connection would overlay a Secure one
	 * (RFC 6265bis, section 5.7, "leave secure cookies alone").
	 */
	boolean hasSecureOverlaidBy(Cookie cookie) {
		for (Map.Entry<String, StoredCookie[]> entry : domains().entrySet()) {
			String domain = entry.getKey();
			if (domain.isEmpty()
					|| !(Domains.matches(domain, cookie.domain()) || Domains.matches(cookie.domain(), domain))) {
				continue;
			}
			for (StoredCookie stored : entry.getValue()) {
				Cookie other = stored.cookie();
				if (other.secure() && other.name().equals(cookie.name())
						&& CookieTarget.pathMatches(cookie.path(), other.path())) {
					return true;
				}
			}
		}
		return false;
	}

	private void evictOne(String domain) {
		Arrays.stream(ofDomain(domain)).min(StoredCookie.EVICTION_ORDER).ifPresent((victim) -> remove(victim.cookie()));
	}

	private @Nullable String largestDomain() {
		String largest = null;
		for (String domain : domains().keySet()) {
			if (!domain.isEmpty() && (largest == null || sizeOf(domain) > sizeOf(largest))) {
				largest = domain;
			}
		}
		return largest;
	}

	private static int indexOf(StoredCookie[] cookies, Cookie cookie) {
		for (int i = 0; i < cookies.length; i++) {
			if (cookies[i].cookie().hasIdentityOf(cookie)) {
				return i;
			}
		}
		return -1;
	}

	private StoredCookie[] ofDomain(String domain) {
		StoredCookie[] cookies = domains().get(domain);
		return (cookies != null) ? cookies : new StoredCookie[0];
	}

	private Map<String, StoredCookie[]> domains() {
		return (this.changed != null) ? this.changed : this.origin.domains();
	}

	private Map<String, StoredCookie[]> map() {
		if (this.changed == null) {
			this.changed = new HashMap<>(this.origin.domains());
		}
		return this.changed;
	}

}
