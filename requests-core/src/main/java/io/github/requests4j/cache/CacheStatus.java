package io.github.requests4j.cache;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Response;
import io.github.requests4j.internal.text.Digits;

/**
 * What the cache did for a call, as in the Cache-Status header (RFC 9211). <pre>{@code
 * CacheStatus status = CacheStatus.of(session.get("items"));
 * }</pre>
 *
 * @param hit whether the response came from the cache without asking the server
 * @param forwarded why the server was asked: {@code uri-miss}, {@code vary-miss},
 * {@code stale}, {@code request}, {@code method}, {@code partial} or {@code bypass};
 * {@code null} for a hit
 * @param forwardedStatus the status that the server returned, such as 304; 0 if it is
 * that of the response, or if the server did not respond
 * @param stored whether the response was stored
 * @param collapsed whether the response to another call at the same time was used
 * @param ttl how many seconds the response stays fresh; negative if it has been stale for
 * that long; {@code null} if unknown
 * @param detail an explanation, such as {@code stale-if-error}, or {@code null}
 */
public record CacheStatus(boolean hit, @Nullable String forwarded, int forwardedStatus, boolean stored,
		boolean collapsed, @Nullable Long ttl, @Nullable String detail) {

	static final String HEADER = "Cache-Status";

	/** The name of this cache in the header. */
	static final String NAME = "requests4j";

	/**
	 * Returns what the cache of the session did for a response. Other caches on the way
	 * to the server are ignored.
	 * @param response a response of a session with a cache
	 * @return the status, or {@code null} if the session has no cache
	 */
	public static @Nullable CacheStatus of(Response response) {
		CacheStatus found = null;
		for (String line : response.headers().getAll(HEADER)) {
			for (String member : line.split(",")) {
				String[] parameters = member.strip().split(";");
				if (parameters[0].strip().equals(NAME)) {
					found = parse(parameters);
				}
			}
		}
		return found;
	}

	private static CacheStatus parse(String[] parameters) {
		boolean hit = false;
		String forwarded = null;
		int status = 0;
		boolean stored = false;
		boolean collapsed = false;
		Long ttl = null;
		String detail = null;
		for (int i = 1; i < parameters.length; i++) {
			String parameter = parameters[i].strip();
			String value = parameter.substring(parameter.indexOf('=') + 1);
			switch (parameter.substring(0, parameter.length() - value.length())) {
				case "fwd=" -> forwarded = value;
				case "fwd-status=" -> status = (int) Digits.parse(value);
				case "ttl=" -> ttl = value.startsWith("-") ? -Digits.parse(value.substring(1)) : Digits.parse(value);
				case "detail=" -> detail = value;
				default -> {
					hit |= value.equals("hit");
					stored |= value.equals("stored");
					collapsed |= value.equals("collapsed");
				}
			}
		}
		return new CacheStatus(hit, forwarded, status, stored, collapsed, ttl, detail);
	}

	static CacheStatus hit(long ttl, @Nullable String detail) {
		return new CacheStatus(true, null, 0, false, false, ttl, detail);
	}

	static CacheStatus collapsed(long ttl) {
		return new CacheStatus(false, "uri-miss", 0, false, true, ttl, null);
	}

	static CacheStatus forwarded(String reason) {
		return new CacheStatus(false, reason, 0, false, false, null, null);
	}

	CacheStatus withStored() {
		return new CacheStatus(this.hit, this.forwarded, this.forwardedStatus, true, this.collapsed, this.ttl,
				this.detail);
	}

	/** Returns this status as a member of the header. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(NAME);
		text.append(this.hit ? "; hit" : "");
		if (this.forwarded != null) {
			text.append("; fwd=").append(this.forwarded);
		}
		if (this.forwardedStatus > 0) {
			text.append("; fwd-status=").append(this.forwardedStatus);
		}
		text.append(this.stored ? "; stored" : "").append(this.collapsed ? "; collapsed" : "");
		if (this.ttl != null) {
			text.append("; ttl=").append(this.ttl);
		}
		if (this.detail != null) {
			text.append("; detail=").append(this.detail);
		}
		return text.toString();
	}

}
