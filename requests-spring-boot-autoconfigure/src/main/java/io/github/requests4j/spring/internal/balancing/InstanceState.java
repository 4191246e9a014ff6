package io.github.requests4j.spring.internal.balancing;

import java.time.Duration;

/**
 * The state of one instance, for reports. Immutable.
 *
 * @param instance the name of the instance
 * @param share its percentage of the requests of about the last minute
 * @param latency the average time until its responses arrive
 * @param active how many requests are in progress
 * @param requests how many requests were sent to it
 * @param failures how many of them failed or got a server error
 * @param ejections how many times it was ejected
 * @param ejected whether it is ejected at present
 * @param readiness the percentage of its usual requests that it gets, which is 100 unless
 * it is or was recently ejected
 */
public record InstanceState(String instance, int share, Duration latency, int active, long requests, long failures,
		long ejections, boolean ejected, int readiness) {
}
