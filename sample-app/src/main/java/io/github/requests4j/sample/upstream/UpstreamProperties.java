package io.github.requests4j.sample.upstream;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are and how they behave.
 *
 * @param enabled Whether this process serves them itself.
 * @param url Where the clients find them.
 * @param delay How late a slow service answers.
 * @param pace How long shipping pauses after each 64 KB of an export or upload.
 * @param stationTime How long a parcel needs from one station to the next.
 * @param retryAfter After which time a flaky service asks to be called again.
 */
@ConfigurationProperties("depot.upstream")
public record UpstreamProperties(@DefaultValue("true") boolean enabled, String url, @DefaultValue("1s") Duration delay,
		@DefaultValue("10ms") Duration pace, @DefaultValue("600ms") Duration stationTime,
		@DefaultValue("1s") Duration retryAfter) {
}
