package io.github.requests4j.cookies;

import java.util.Comparator;

/**
 * A cookie in a jar: with its place in the order of creation, and when it was last sent.
 */
final class StoredCookie {

	/** The order in which cookies are sent (RFC 6265, section 5.4; behaviour 107). */
	static final Comparator<StoredCookie> SENDING_ORDER = (a, b) -> {
		int byPath = b.cookie.path().length() - a.cookie.path().length();
		return (byPath != 0) ? byPath : Long.compare(a.sequence, b.sequence);
	};

	static final Comparator<StoredCookie> CREATION_ORDER = (a, b) -> Long.compare(a.sequence, b.sequence);

	/** The order in which cookies are given up (RFC 6265bis, section 5.7, last step). */
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
