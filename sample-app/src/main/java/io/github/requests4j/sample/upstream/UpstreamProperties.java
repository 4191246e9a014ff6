package io.github.requests4j.sample.upstream;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The location and behavior of the services.
 *
 * @param enabled Whether the services are embedded in this process.
 * @param url Base URL of the services.
 * @param delay Delay of a slow service.
 * @param pace Pause after each 64 KB of an export or upload.
 * @param stationTime Time between two stations of a parcel.
 * @param retryAfter Time in the Retry-After header of a flaky service.
 * @param tokenTime How long a token of the carrier is valid.
 */
@ConfigurationProperties("depot.upstream")
public record UpstreamProperties(@DefaultValue("true") boolean enabled, String url, @DefaultValue("1s") Duration delay,
		@DefaultValue("10ms") Duration pace, @DefaultValue("600ms") Duration stationTime,
		@DefaultValue("1s") Duration retryAfter, @DefaultValue("2m") Duration tokenTime) {
}
