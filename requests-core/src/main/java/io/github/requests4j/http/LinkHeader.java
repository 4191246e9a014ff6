package io.github.requests4j.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One link of a Link header (behaviour 218). Immutable.
 *
 * @param url the target
 * @param params the parameters as they were sent, rel among them
 */
public record LinkHeader(String url, Map<String, String> params) {

	/**
	 * The relation.
	 * @return the rel parameter, or {@code null}
	 */
	public @Nullable String rel() {
		return this.params.get("rel");
	}

}
