package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.url.IpAddress;

/**
 * The cookies of a jar by domain, so that a lookup does not depend on the number of other
 * domains. Immutable. A jar replaces its table when it changes, so readers need no lock
 * and jars can share tables.
 */
final class CookieTable {

	static final CookieTable EMPTY = new CookieTable(Map.of(), 0, 0);

	/**
	 * The length of "Cookie: ", which counts because servers limit the whole header line.
	 */
	private static final int FIELD_NAME_OCTETS = 8;

	private final Map<String, StoredCookie[]> domains;

	private final int size;

	private final long nextSequence;

	/** Created when first used. Immutable, so a race is harmless. */
	private @Nullable List<Cookie> ordered;

	CookieTable(Map<String, StoredCookie[]> domains, int size, long nextSequence) {
		this.domains = domains;
		this.size = size;
		this.nextSequence = nextSequence;
	}

	Map<String, StoredCookie[]> domains() {
		return this.domains;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	int size() {
		return this.size;
	}

	long nextSequence() {
		return this.nextSequence;
	}

	/** Returns all cookies in the order of their creation. */
	List<Cookie> cookies() {
		List<Cookie> cookies = this.ordered;
		if (cookies == null) {
			cookies = inCreationOrder();
			this.ordered = cookies;
		}
		return cookies;
	}

	private List<Cookie> inCreationOrder() {
		List<StoredCookie> all = new ArrayList<>(this.size);
		this.domains.values().forEach((stored) -> all.addAll(Arrays.asList(stored)));
		all.sort(StoredCookie.CREATION_ORDER);
		return all.stream().map(StoredCookie::cookie).toList();
	}

	/**
	 * Returns the value of the Cookie header, or {@code null} if there are no cookies to
	 * send. Cookies that would exceed the maximum length of the header are omitted.
	 */
	@Nullable String header(CookieTarget target, Instant now, int maxOctets) {
		Selection selection = new Selection(target, now);
		return (selection.count == 0) ? null : selection.render(maxOctets);
	}

	/**
	 * Reports the differences from an earlier table.
	 * @return whether there were any
	 */
	boolean reportTo(CookieMirror mirror, CookieTable before) {
		List<Cookie> stored = storedSince(before);
		List<Cookie> removed = before.missingIn(this);
		if (stored.isEmpty() && removed.isEmpty()) {
			return false;
		}
		mirror.changed(stored, removed);
		return true;
	}

	/** Returns the cookies that an earlier table does not have, or with other values. */
	List<Cookie> storedSince(CookieTable before) {
		List<Cookie> stored = new ArrayList<>();
		this.domains.forEach((domain, cookies) -> {
			StoredCookie[] earlier = before.domains.get(domain);
			if (earlier != cookies) {
				for (StoredCookie next : cookies) {
					if (!contains(earlier, next.cookie()::equals)) {
						stored.add(next.cookie());
					}
				}
			}
		});
		return List.copyOf(stored);
	}

	/** Returns the cookies that a later table does not have, whatever their values. */
	List<Cookie> missingIn(CookieTable after) {
		List<Cookie> missing = new ArrayList<>();
		this.domains.forEach((domain, cookies) -> {
			StoredCookie[] later = after.domains.get(domain);
			if (later != cookies) {
				for (StoredCookie next : cookies) {
					if (!contains(later, next.cookie()::hasIdentityOf)) {
						missing.add(next.cookie());
					}
				}
			}
		});
		return List.copyOf(missing);
	}

	private static boolean contains(StoredCookie @Nullable [] cookies, Predicate<Cookie> condition) {
		return cookies != null && Arrays.stream(cookies).map(StoredCookie::cookie).anyMatch(condition);
	}

	boolean hasExpired(Instant now) {
		for (StoredCookie[] ofDomain : this.domains.values()) {
			for (StoredCookie stored : ofDomain) {
				if (stored.cookie().isExpired(now)) {
					return true;
				}
			}
		}
		return false;
	}

	CookieTableEdit edit() {
		return new CookieTableEdit(this);
	}

	/**
	 * A cookie in a jar with its position in the order of creation and the time at which
	 * it was last sent.
	 */
	static final class StoredCookie {

		static final StoredCookie[] NONE = {};

		/** The order in which cookies are sent (RFC 6265, section 5.4). */
		static final Comparator<StoredCookie> SENDING_ORDER = (a, b) -> {
			int byPath = b.cookie.path().length() - a.cookie.path().length();
			return (byPath != 0) ? byPath : Long.compare(a.sequence, b.sequence);
		};

		static final Comparator<StoredCookie> CREATION_ORDER = (a, b) -> Long.compare(a.sequence, b.sequence);

		/**
		 * The order in which cookies are evicted (RFC 6265bis, section 5.7, last step).
		 */
		static final Comparator<StoredCookie> EVICTION_ORDER = Comparator
			.comparing((StoredCookie stored) -> stored.cookie.secure())
			.thenComparingLong((stored) -> stored.lastAccess)
			.thenComparingLong((stored) -> stored.sequence);

		private final Cookie cookie;

		private final long sequence;

		/** In epoch milliseconds. A lost update is harmless. */
		private volatile long lastAccess;

		StoredCookie(Cookie cookie, long sequence, long lastAccess) {
			this.cookie = cookie;
			this.sequence = sequence;
			this.lastAccess = lastAccess;
		}

		Cookie cookie() {
			return this.cookie;
		}

		long sequence() {
			return this.sequence;
		}

		void touch(long now) {
			if (this.lastAccess < now) {
				this.lastAccess = now;
			}
		}

	}

	/** Selects the cookies for a request. */
	private final class Selection {

		private final CookieTarget target;

		private final Instant now;

		private final long millis;

		private StoredCookie[] found = StoredCookie.NONE;

		private int count;

		Selection(CookieTarget target, Instant now) {
			this.target = target;
			this.now = now;
			this.millis = now.toEpochMilli();
			String host = target.host();
			collect("");
			collect(host);
			if (!IpAddress.endsInNumber(host)) {
				for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
					collect(host.substring(dot + 1));
				}
			}
		}

		private void collect(String domain) {
			StoredCookie[] ofDomain = CookieTable.this.domains.get(domain);
			if (ofDomain == null) {
				return;
			}
			for (StoredCookie stored : ofDomain) {
				if (stored.cookie().isSentTo(this.target) && !stored.cookie().isExpired(this.now)) {
					add(stored);
				}
			}
		}

		private void add(StoredCookie stored) {
			if (this.count == this.found.length) {
				this.found = Arrays.copyOf(this.found, Math.max(4, this.count * 2));
			}
			this.found[this.count++] = stored;
		}

		private @Nullable String render(int maxOctets) {
			if (this.count > 1) {
				Arrays.sort(this.found, 0, this.count, StoredCookie.SENDING_ORDER);
			}
			StringBuilder header = new StringBuilder(64);
			int octets = FIELD_NAME_OCTETS;
			for (int i = 0; i < this.count; i++) {
				StoredCookie stored = this.found[i];
				octets += octetsOf(stored.cookie()) + ((i > 0) ? 2 : 0);
				if (octets > maxOctets) {
					warn(i, maxOctets);
					break;
				}
				append(header, stored.cookie());
				stored.touch(this.millis);
			}
			return header.isEmpty() ? null : header.toString();
		}

		private void warn(int sent, int maxOctets) {
			LoggerFactory.getLogger(CookieJar.class)
				.warn("{} of {} cookies are not sent to {}, because the Cookie header would be longer than {} bytes. Remove"
						+ " cookies, or raise maxHeaderOctets of the CookiePolicy if the server accepts longer headers.",
						this.count - sent, this.count, this.target.host(), maxOctets);
		}

		private int octetsOf(Cookie cookie) {
			String value = cookie.value();
			return CookieText.octets(cookie.name()) + ((value != null) ? 1 + CookieText.octets(value) : 0);
		}

		private void append(StringBuilder header, Cookie cookie) {
			if (!header.isEmpty()) {
				header.append("; ");
			}
			header.append(cookie.name());
			if (cookie.value() != null) {
				header.append('=').append(cookie.value());
			}
		}

	}

}
