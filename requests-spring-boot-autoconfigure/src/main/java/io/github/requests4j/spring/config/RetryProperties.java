package io.github.requests4j.spring.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * When the adapter sends a request again. A plain number is short for {@code total}. What
 * is left out is as in requests.
 *
 * @param total Most retries of all kinds together; 10 when a policy has other keys only.
 * @param connect Most retries of failed connections.
 * @param read Most retries of failed reads.
 * @param redirect Most redirects of the adapter itself.
 * @param status Most retries of statuses in the list.
 * @param other Most retries of other errors.
 * @param allowedMethods Methods that may be sent again after a read error or by status.
 * @param statusForcelist Statuses that are retried.
 * @param backoffFactor Factor of the pause, which doubles from the second retry on.
 * @param backoffMax Longest pause.
 * @param backoffJitter Most that is added to a pause at random.
 * @param raiseOnStatus Whether running out of retries by status is an error instead of
 * the last response.
 * @param respectRetryAfterHeader Whether the Retry-After header of the server is obeyed.
 */
public record RetryProperties(@Nullable Integer total, @Nullable Integer connect, @Nullable Integer read,
		@Nullable Integer redirect, @Nullable Integer status, @Nullable Integer other,
		@Nullable List<String> allowedMethods, @Nullable List<Integer> statusForcelist,
		@Nullable Duration backoffFactor, @Nullable Duration backoffMax, @Nullable Duration backoffJitter,
		@Nullable Boolean raiseOnStatus, @Nullable Boolean respectRetryAfterHeader) {
}
