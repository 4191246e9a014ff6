package io.github.requests4j.cache;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.text.HttpDates;

/**
 * How long a stored response is fresh, and how old it is (RFC 9111, section 4.2), in
 * seconds.
 */
final class Freshness {

	/** The statuses for which a cache may choose a lifetime (RFC 9110, section 15.1). */
	private static final Set<Integer> HEURISTIC_STATUSES = Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414,
			501);

	private static final long DAY = 24 * 60 * 60;

	private Freshness() {
	}

	/**
	 * Returns the lifetime that the origin specified.
	 * @return the lifetime in seconds, or -1 if there is none
	 */
	static long explicitLifetime(CacheDirectives given, CaseInsensitiveHeaders headers, long receivedAt) {
		long maxAge = given.seconds("max-age");
		if (maxAge >= 0) {
			return maxAge;
		}
		List<String> expires = headers.getAll("Expires");
		if (expires.isEmpty()) {
			return -1;
		}
		Instant end = (expires.size() == 1) ? date(expires.get(0), receivedAt) : null;
		return (end != null) ? Math.max(0, end.getEpochSecond() - date(headers, receivedAt) / 1000) : 0;
	}

	/**
	 * Returns a tenth of the time since the last change, but at most a day, or -1 if the
	 * cache must not choose a lifetime.
	 */
	static long heuristicLifetime(int status, CacheDirectives given, CaseInsensitiveHeaders headers, long receivedAt) {
		String changed = headers.get("Last-Modified");
		Instant last = (changed != null) ? HttpDates.parse(changed, Instant.ofEpochMilli(receivedAt)) : null;
		if (last == null || !(isHeuristic(status) || given.has("public"))) {
			return -1;
		}
		long unchanged = date(headers, receivedAt) / 1000 - last.getEpochSecond();
		return Math.max(0, Math.min(DAY, unchanged / 10));
	}

	static boolean isHeuristic(int status) {
		return HEURISTIC_STATUSES.contains(status);
	}

	/** Returns the current age of a stored response (RFC 9111, section 4.2.3). */
	static long age(StoredResponse stored, long now) {
		long apparent = Math.max(0, stored.receivedAt() - stored.date());
		long delay = Math.max(0, stored.receivedAt() - stored.requestedAt());
		long corrected = ageField(stored.headers()) * 1000 + delay;
		long resident = Math.max(0, now - stored.receivedAt());
		return (Math.max(apparent, corrected) + resident) / 1000;
	}

	/** The first of several ages is used; one that is not a number is ignored. */
	private static long ageField(CaseInsensitiveHeaders headers) {
		List<String> ages = headers.getAll("Age");
		if (ages.isEmpty()) {
			return 0;
		}
		String first = ages.get(0);
		int end = 0;
		while (end < first.length() && first.charAt(end) != ',' && first.charAt(end) != ';') {
			end++;
		}
		return CacheDirectives.seconds(first.substring(0, end).strip(), 0);
	}

	/**
	 * Returns the Date of a response in epoch milliseconds, or its arrival if it has no
	 * Date.
	 */
	static long date(CaseInsensitiveHeaders headers, long receivedAt) {
		String value = headers.get("Date");
		Instant date = (value != null) ? date(value, receivedAt) : null;
		return (date != null) ? date.toEpochMilli() : receivedAt;
	}

	/**
	 * Parses a date more strictly than elsewhere. An unusual form may mean anything, and
	 * treating a response as stale by mistake does no harm.
	 */
	private static @Nullable Instant date(String value, long now) {
		boolean odd = value.indexOf('.') >= 0 || (value.indexOf(',') >= 0 && value.contains("  "));
		return odd ? null : HttpDates.parse(value, Instant.ofEpochMilli(now));
	}

}
