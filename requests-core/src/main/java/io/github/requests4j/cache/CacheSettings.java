package io.github.requests4j.cache;

import java.util.List;

/**
 * What the decisions depend on beside the messages.
 *
 * @param heuristic whether a lifetime is estimated if the origin sends none
 * @param staleIfError how many seconds a stale response stands in for an error, where the
 * origin says nothing
 * @param staleWhileRevalidate how many seconds a stale response is served while it is
 * validated, where the origin says nothing
 * @param keyHeaders request headers that are part of each key, in lower case
 */
record CacheSettings(boolean heuristic, long staleIfError, long staleWhileRevalidate, List<String> keyHeaders) {

	CacheSettings {
		keyHeaders = List.copyOf(keyHeaders);
	}

}
