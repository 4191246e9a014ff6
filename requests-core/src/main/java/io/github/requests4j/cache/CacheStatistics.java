package io.github.requests4j.cache;

/**
 * What a cache has done so far.
 *
 * @param hits responses that came from the cache without asking the server
 * @param misses responses of the server
 * @param validations stored responses that the server confirmed
 * @param size the bytes in the store; -1 if it does not know
 */
public record CacheStatistics(long hits, long misses, long validations, long size) {
}
