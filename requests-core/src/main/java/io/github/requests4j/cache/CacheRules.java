package io.github.requests4j.cache;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cache.Decision.Action;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.text.HttpDates;
import io.github.requests4j.internal.url.UrlResolver;
import io.github.requests4j.url.Url;

/**
 * Decides what a private cache stores and reuses (RFC 9111, with RFC 5861 and RFC 8246).
 * All methods are pure functions of the messages, the settings and the time. Immutable
 * and thread-safe.
 */
final class CacheRules {

	/** Headers for one connection (RFC 9110, section 7.6.1) or one recipient. */
	private static final Set<String> NOT_STORED = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authentication-info", "proxy-authorization", "proxy-connection", "te", "trailer",
			"transfer-encoding", "upgrade", "set-cookie", "cache-status");

	/** Headers of the stored body, which a 304 does not change. */
	private static final Set<String> NOT_UPDATED = Set.of("content-length", "content-encoding", "content-range");

	/**
	 * The statuses whose caching rules this cache implements, for
	 * {@code must-understand}.
	 */
	private static final Set<Integer> UNDERSTOOD = Set.of(200, 203, 204, 206, 300, 301, 302, 303, 307, 308, 404, 405,
			410, 414, 501);

	/** Statuses that are part of an authentication, so later requests cannot use them. */
	private static final Set<Integer> CHALLENGES = Set.of(401, 407);

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private static final List<String> PRECONDITIONS = List.of("If-Match", "If-Unmodified-Since", "If-Range");

	/** Request headers because of which a response may not be the whole one. */
	static final List<String> REQUEST_CONDITIONS = List.of("If-Match", "If-Unmodified-Since", "If-Range",
			"If-None-Match", "If-Modified-Since", "Range");

	private final CacheSettings settings;

	CacheRules(CacheSettings settings) {
		this.settings = settings;
	}

	/** Returns the key of all responses to this URL. */
	String key(PreparedRequest request) {
		StringBuilder key = new StringBuilder(request.parsedUrl().withoutUserinfoAndFragment());
		for (String name : this.settings.keyHeaders()) {
			String value = request.headers().get(name);
			key.append('\n').append(name).append(':').append((value != null) ? value : "\n");
		}
		return key.toString();
	}

	static boolean isCacheable(PreparedRequest request) {
		return request.body() == null && ("GET".equals(request.method()) || "HEAD".equals(request.method()));
	}

	/**
	 * Decides about a GET or HEAD.
	 * @param request the request
	 * @param identity the sender of the request
	 * @param stored all responses of the key
	 * @param now the current time in epoch milliseconds
	 */
	Decision decide(PreparedRequest request, Identity identity, List<StoredResponse> stored, long now) {
		CaseInsensitiveHeaders headers = request.headers();
		CacheDirectives asked = requestDirectives(headers);
		if (PRECONDITIONS.stream().anyMatch(headers::containsKey) || asked.has("no-store")) {
			return asked.has("only-if-cached") ? Decision.unavailable() : Decision.forward("request");
		}
		String rangeHeader = "GET".equals(request.method()) ? headers.get("Range") : null;
		ByteRange range = (rangeHeader != null) ? ByteRange.requested(rangeHeader) : null;
		if (rangeHeader != null && range == null) {
			return Decision.forward("bypass");
		}
		StoredResponse best = select(headers, identity, range, stored, now);
		Decision decision = (best != null) ? reuse(best, headers, asked, now) : miss(request, identity, stored);
		boolean asks = decision.action() != Action.SERVE && decision.action() != Action.SERVE_AND_REFRESH;
		return (asks && asked.has("only-if-cached")) ? Decision.unavailable() : decision;
	}

	/**
	 * Returns the directives of a request. Pragma is used only without Cache-Control (RFC
	 * 9111, section 5.4).
	 */
	private static CacheDirectives requestDirectives(CaseInsensitiveHeaders headers) {
		CacheDirectives asked = CacheDirectives.of(headers);
		String pragma = headers.get("Pragma");
		if (asked.isEmpty() && pragma != null && pragma.strip().equalsIgnoreCase("no-cache")) {
			CaseInsensitiveHeaders instead = new CaseInsensitiveHeaders();
			instead.put("Cache-Control", "no-cache");
			return CacheDirectives.of(instead);
		}
		return asked;
	}

	private static Decision miss(PreparedRequest request, Identity identity, List<StoredResponse> stored) {
		if ("GET".equals(request.method()) && !request.headers().containsKey("Range")) {
			for (StoredResponse part : stored) {
				ByteRange range = part.range();
				if (range != null && range.first() == 0 && strongTag(part) != null
						&& matches(part, request.headers(), identity)) {
					return new Decision(Action.COMPLETE, part, "partial", 0);
				}
			}
		}
		return Decision.forward(stored.isEmpty() ? "uri-miss" : "vary-miss");
	}

	/** Returns the latest response that answers the request, or null. */
	private static @Nullable StoredResponse select(CaseInsensitiveHeaders request, Identity identity,
			@Nullable ByteRange range, List<StoredResponse> stored, long now) {
		StoredResponse best = null;
		for (StoredResponse candidate : stored) {
			if (matches(candidate, request, identity) && covers(candidate, range)
					&& (best == null || date(candidate, now) >= date(best, now))) {
				best = candidate;
			}
		}
		return best;
	}

	private static long date(StoredResponse stored, long now) {
		return Math.min(now, stored.date());
	}

	private static boolean matches(StoredResponse stored, CaseInsensitiveHeaders request, Identity identity) {
		return Vary.matches(stored.vary(), request) && stored.identity().permits(stored.directives(), identity);
	}

	private static boolean covers(StoredResponse stored, @Nullable ByteRange range) {
		ByteRange part = stored.range();
		if (part == null) {
			return stored.status() != 206;
		}
		if (range == null || (range.first() < 0 && part.total() < 0)) {
			return false;
		}
		long total = (part.total() >= 0) ? part.total() : part.last() + 1;
		ByteRange wanted = (range.last() == Long.MAX_VALUE && part.total() < 0) ? null : range.within(total);
		return wanted != null && part.contains(wanted);
	}

	private Decision reuse(StoredResponse stored, CaseInsensitiveHeaders request, CacheDirectives asked, long now) {
		CacheDirectives given = stored.directives();
		long age = Freshness.age(stored, now);
		long ttl = lifetime(stored) - age;
		if (given.isUnqualified("no-cache") || asked.has("no-cache")) {
			return validate(stored, request, asked.has("no-cache") ? "request" : "stale", ttl);
		}
		long maxAge = asked.seconds("max-age");
		// An immutable response need not be validated while it is fresh (RFC 8246)
		boolean youngEnough = maxAge < 0 || age <= maxAge || (ttl > 0 && given.has("immutable"));
		if (ttl > 0 && youngEnough && ttl >= asked.seconds("min-fresh")) {
			return new Decision(Action.SERVE, stored, "", ttl);
		}
		if (ttl <= 0 && youngEnough && !given.has("must-revalidate")) {
			if (asked.has("max-stale") && (asked.isUnqualified("max-stale") || -ttl <= asked.seconds("max-stale"))) {
				return new Decision(Action.SERVE, stored, "", ttl);
			}
			if (!asked.has("min-fresh")
					&& -ttl < orElse(given.seconds("stale-while-revalidate"), this.settings.staleWhileRevalidate())) {
				return new Decision(Action.SERVE_AND_REFRESH, stored, "", ttl);
			}
		}
		return validate(stored, request, (ttl > 0) ? "request" : "stale", ttl);
	}

	/** A caller that sends its own conditions receives the server's answer to them. */
	private static Decision validate(StoredResponse stored, CaseInsensitiveHeaders request, String reason, long ttl) {
		boolean conditional = request.containsKey("If-None-Match") || request.containsKey("If-Modified-Since")
				|| request.containsKey("Range");
		return new Decision(conditional ? Action.FORWARD : Action.VALIDATE, stored, reason, ttl);
	}

	private static long orElse(long seconds, long other) {
		return (seconds != CacheDirectives.ABSENT) ? seconds : other;
	}

	private long lifetime(StoredResponse stored) {
		long explicit = Freshness.explicitLifetime(stored.directives(), stored.headers(), stored.receivedAt());
		return lifetime(explicit, stored.status(), stored.directives(), stored.headers(), stored.receivedAt());
	}

	private long lifetime(long explicit, int status, CacheDirectives given, CaseInsensitiveHeaders headers,
			long receivedAt) {
		if (explicit >= 0) {
			return explicit;
		}
		long heuristic = this.settings.heuristic() ? Freshness.heuristicLifetime(status, given, headers, receivedAt)
				: -1;
		return Math.max(0, heuristic);
	}

	/**
	 * Returns what to store of a response to a GET, without its body.
	 * @return the head, or null if the response must not be stored or could never be
	 * reused
	 */
	@Nullable StoredResponse toStore(PreparedRequest request, Identity identity, Response response, long requestedAt,
			long receivedAt) {
		CaseInsensitiveHeaders headers = response.headers();
		CacheDirectives given = CacheDirectives.of(headers);
		int status = response.statusCode();
		if (!"GET".equals(request.method()) || CacheDirectives.of(request.headers()).has("no-store")
				|| !isStorable(status, headers, given)) {
			return null;
		}
		long explicit = Freshness.explicitLifetime(given, headers, receivedAt);
		long lifetime = lifetime(explicit, status, given, headers, receivedAt);
		boolean allowed = explicit >= 0 || given.has("public") || given.has("private") || Freshness.isHeuristic(status);
		Map<String, String> vary = Vary.of(request.headers(), headers);
		if (!allowed || vary == null || (lifetime == 0 && !hasValidator(headers))) {
			return null;
		}
		return new StoredResponse(status, response.reason(), stored(headers, given), vary, identity, requestedAt,
				receivedAt);
	}

	private static boolean isStorable(int status, CaseInsensitiveHeaders headers, CacheDirectives given) {
		if (status < 200 || status == 304 || CHALLENGES.contains(status)) {
			return false;
		}
		if (status == 206 && ByteRange.contained(headers.get("Content-Range")) == null) {
			return false;
		}
		if (given.has("must-understand")) {
			return UNDERSTOOD.contains(status);
		}
		return !given.has("no-store");
	}

	private static boolean hasValidator(CaseInsensitiveHeaders headers) {
		return headers.containsKey("ETag") || headers.containsKey("Last-Modified");
	}

	private static CaseInsensitiveHeaders stored(CaseInsensitiveHeaders headers, CacheDirectives given) {
		CaseInsensitiveHeaders stored = headers.copy();
		Set<String> dropped = new LinkedHashSet<>(given.fields("no-cache"));
		dropped.addAll(CacheDirectives.names(headers.getAll("Connection")));
		for (String name : headers.keySet()) {
			String lower = name.toLowerCase(Locale.ROOT);
			if (NOT_STORED.contains(lower) || dropped.contains(lower)) {
				stored.remove(name);
			}
		}
		return stored;
	}

	/**
	 * Returns a request for the URL to which a balancer may have sent it.
	 * @return the request itself if it has that URL, otherwise a copy
	 */
	static PreparedRequest sentTo(PreparedRequest request, String url) {
		if (url.equals(request.url())) {
			return request;
		}
		PreparedRequest moved = request.copy();
		moved.url(url);
		return moved;
	}

	/**
	 * Returns the request that validates a stored response, or null if it has no
	 * validator.
	 */
	static @Nullable PreparedRequest conditional(PreparedRequest request, StoredResponse stored) {
		String tag = stored.headers().get("ETag");
		String modified = stored.headers().get("Last-Modified");
		if (tag == null && modified == null) {
			return null;
		}
		PreparedRequest conditional = request.copy();
		if (tag != null) {
			conditional.headers().put("If-None-Match", tag);
		}
		if (modified != null) {
			conditional.headers().put("If-Modified-Since", modified);
		}
		return conditional;
	}

	/** Returns the request for the rest of a body that is stored in part. */
	static PreparedRequest completing(PreparedRequest request, StoredResponse part) {
		PreparedRequest rest = request.copy();
		ByteRange range = part.range();
		rest.headers().put("Range", "bytes=" + ((range != null) ? range.last() + 1 : 0) + "-");
		String tag = strongTag(part);
		if (tag != null) {
			rest.headers().put("If-Range", tag);
		}
		return rest;
	}

	/**
	 * Returns the validator that proves that two parts belong to the same body, or null.
	 */
	static @Nullable String strongTag(StoredResponse stored) {
		String tag = stored.headers().get("ETag");
		return (tag != null && tag.startsWith("\"")) ? tag : null;
	}

	/** Returns the stored response with the headers of a 304 (RFC 9111, section 3.2). */
	static StoredResponse validated(StoredResponse stored, Response notModified, long requestedAt, long receivedAt) {
		CacheDirectives given = CacheDirectives.of(notModified.headers());
		CaseInsensitiveHeaders fresh = stored(notModified.headers(), given);
		CaseInsensitiveHeaders merged = stored.headers().copy();
		// The old age does not apply to a response that was just validated.
		merged.remove("Age");
		for (String name : fresh.keySet()) {
			if (!NOT_UPDATED.contains(name.toLowerCase(Locale.ROOT))) {
				merged.remove(name);
				fresh.getAll(name).forEach((value) -> merged.add(name, value));
			}
		}
		return stored.validated(merged, requestedAt, receivedAt);
	}

	/**
	 * Returns whether the response to a HEAD request confirms a stored response (RFC
	 * 9111, section 4.3.5).
	 */
	static boolean confirms(Response head, StoredResponse stored) {
		return head.statusCode() == stored.status() && isConsistent(head, stored, "ETag")
				&& isConsistent(head, stored, "Last-Modified") && isConsistent(head, stored, "Content-Length");
	}

	private static boolean isConsistent(Response head, StoredResponse stored, String name) {
		String value = head.headers().get(name);
		return value == null || value.equals(stored.headers().get(name));
	}

	/** Returns whether a stale response may be used instead of a server error. */
	boolean servesInsteadOfError(PreparedRequest request, StoredResponse stored, long now) {
		CacheDirectives given = stored.directives();
		if (given.has("must-revalidate") || given.has("no-cache")) {
			return false;
		}
		long stale = Freshness.age(stored, now) - lifetime(stored);
		long asked = CacheDirectives.of(request.headers()).seconds("stale-if-error");
		return stale <= orElse(asked, orElse(given.seconds("stale-if-error"), this.settings.staleIfError()));
	}

	static boolean isServerError(int status) {
		return status == 500 || status == 502 || status == 503 || status == 504;
	}

	/**
	 * Returns whether the caller already has the stored response (RFC 9110, section
	 * 13.2.2).
	 */
	static boolean isUnchanged(CaseInsensitiveHeaders request, StoredResponse stored, long now) {
		List<String> tags = request.getAll("If-None-Match");
		if (!tags.isEmpty()) {
			String tag = stored.headers().get("ETag");
			return String.join(",", tags).strip().equals("*") || (tag != null && matchesTag(tags, tag));
		}
		String since = request.get("If-Modified-Since");
		String modified = stored.headers().get("Last-Modified");
		if (since == null || modified == null) {
			return false;
		}
		Instant last = HttpDates.parse(modified, Instant.ofEpochMilli(now));
		Instant known = HttpDates.parse(since, Instant.ofEpochMilli(now));
		return last != null && known != null && !last.isAfter(known);
	}

	private static boolean matchesTag(List<String> lines, String tag) {
		for (String line : lines) {
			for (String candidate : line.split(",")) {
				if (opaque(candidate.strip()).equals(opaque(tag))) {
					return true;
				}
			}
		}
		return false;
	}

	private static String opaque(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

	/**
	 * Returns whether a response invalidates stored responses (RFC 9111, section 4.4).
	 */
	static boolean invalidates(PreparedRequest request, Response response) {
		String method = request.method();
		return method != null && !SAFE_METHODS.contains(method) && response.statusCode() >= 200
				&& response.statusCode() < 400;
	}

	/** Returns the URLs of the same origin that the response reports as changed. */
	static Set<String> changed(Url url, CaseInsensitiveHeaders response) {
		Set<String> changed = new LinkedHashSet<>();
		for (String name : List.of("Location", "Content-Location")) {
			String location = response.get(name);
			if (location != null) {
				try {
					Url other = UrlResolver.redirect(url, location);
					if (other.sameOrigin(url)) {
						changed.add(other.withoutUserinfoAndFragment());
					}
				}
				catch (RuntimeException ex) {
					// Nothing is stored under a URL that cannot be resolved.
					continue;
				}
			}
		}
		return changed;
	}

}
