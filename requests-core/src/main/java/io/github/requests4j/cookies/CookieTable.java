package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.url.IpAddress;

/**
 * What a jar holds at one moment: cookies by domain, so that those of other domains cost
 * nothing. Immutable; a jar swaps it for another, and so readers need no lock and copies
 * of a jar are free.
 */
final class CookieTable {

	static final CookieTable EMPTY = new CookieTable(Map.of(), 0, 0);

	/** "Cookie: " counts too: servers limit the whole field line. */
	private static final int FIELD_NAME_OCTETS = 8;

	private final Map<String, StoredCookie[]> domains;

	private final int size;

	private final long nextSequence;

	/** Made when first asked for; an immutable list, so that a race does no harm. */
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

	/** All cookies in the order of their creation. */
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
	 * The value of the Cookie header, {@code null} when no cookie goes there. Cookies
	 * that would make the field line longer than allowed are left out, whole.
	 */
	@Nullable String header(CookieTarget target, Instant now, int maxOctets) {
		Selection selection = new Selection(target, now);
		return (selection.count == 0) ? null : selection.render(maxOctets);
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
	 * A cookie in a jar: with its place in the order of creation, and when it was last
	 * sent.
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
		 * The order in which cookies are given up (RFC 6265bis, section 5.7, last step).
		 */
		static final Comparator<StoredCookie> EVICTION_ORDER = Comparator
			.comparing((StoredCookie stored) -> stored.cookie.secure())
			.thenComparingLong((stored) -> stored.lastAccess)
			.thenComparingLong((stored) -> stored.sequence);

		private final Cookie cookie;

		private final long sequence;

		/** Milliseconds of the epoch; a lost update does no harm. */
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

	/** The cookies of one request. */
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
				if (stored.cookie().goesTo(this.target) && !stored.cookie().isExpired(this.now)) {
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
				.warn("{} of {} cookies are not sent to {}: the Cookie header would be longer than {} bytes. Remove"
						+ " cookies, or raise maxHeaderOctets of the CookiePolicy if the server accepts longer ones.",
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
