package io.github.requests4j.cache;

/**
 * Counts what a cache has done so far.
 *
 * @param hits responses that came from the cache without asking the server
 * @param misses responses that came from the server
 * @param validations stored responses that the server confirmed
 * @param size the number of bytes in the store; -1 if it is unknown
 */
public record CacheStatistics(long hits, long misses, long validations, long size) {
}
