package io.github.requests4j.cache;

import java.util.List;

/**
 * The settings of a cache that affect its decisions.
 *
 * @param heuristic whether a lifetime is estimated if the origin sends none
 * @param staleIfError how many seconds a stale response may replace an error, unless the
 * origin specifies it
 * @param staleWhileRevalidate how many seconds a stale response may be served while it is
 * validated, unless the origin specifies it
 * @param keyHeaders request headers that are part of each key, in lower case
 */
record CacheSettings(boolean heuristic, long staleIfError, long staleWhileRevalidate, List<String> keyHeaders) {

	CacheSettings {
		keyHeaders = List.copyOf(keyHeaders);
	}

}
