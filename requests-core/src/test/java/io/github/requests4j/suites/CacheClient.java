package io.github.requests4j.suites;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A client with a cache, as the suite uses it.
 */
interface CacheClient extends AutoCloseable {

	/** What the client returned. */
	record Answer(int status, Map<String, List<String>> headers, String body) {

		/** Returns all values of a header joined, or null. */
		@Nullable String header(String name) {
			for (Map.Entry<String, List<String>> header : this.headers.entrySet()) {
				if (header.getKey().equalsIgnoreCase(name)) {
					return String.join(", ", header.getValue());
				}
			}
			return null;
		}

	}

	/** Sends a request without following redirects. */
	Answer send(String method, String url, List<String[]> headers, @Nullable String body) throws IOException;

	@Override
	void close() throws IOException;

}
