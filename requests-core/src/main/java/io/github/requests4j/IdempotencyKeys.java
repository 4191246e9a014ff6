package io.github.requests4j;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;

/**
 * Adds a random key to requests that are not idempotent, so that a server processes a
 * repeated request once (draft-ietf-httpapi-idempotency-key-header). The key is part of
 * the prepared request, so every retry and redirect of a call sends the same one.
 */
final class IdempotencyKeys {

	private static final String HEADER = "Idempotency-Key";

	private IdempotencyKeys() {
	}

	/** Adds a key unless there is one, or a null value by which the caller omits it. */
	static void add(@Nullable String method, CaseInsensitiveHeaders headers) {
		if (needsKey(method) && !headers.containsKey(HEADER)) {
			headers.put(HEADER, UUID.randomUUID().toString());
		}
	}

	/** Removes the key from a redirect that has become a GET. */
	static void removeIfNotNeeded(PreparedRequest next) {
		if (!needsKey(next.method())) {
			next.headers().remove(HEADER);
		}
	}

	private static boolean needsKey(@Nullable String method) {
		return "POST".equals(method) || "PATCH".equals(method);
	}

}
