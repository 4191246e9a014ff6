package io.github.requests4j.spring.observation;

import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Configures the buckets that OpenTelemetry's conventions recommend for their timer, and
 * removes the tag that Micrometer adds for errors, because {@code error.type} replaces
 * it. The application's own settings for the distribution take precedence. Thread-safe.
 */
final class OpenTelemetryMeters implements MeterFilter {

	/** The upper limits of the buckets in seconds. */
	private static final double[] BUCKETS = { 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5,
			10 };

	private final String name;

	private final UriTags templates;

	OpenTelemetryMeters(String name, UriTags templates) {
		this.name = name;
		this.templates = templates;
	}

	static Duration[] buckets() {
		return DoubleStream.of(BUCKETS)
			.mapToObj((seconds) -> Duration.ofMillis(Math.round(seconds * 1000)))
			.toArray(Duration[]::new);
	}

	private boolean isOwn(Meter.Id id) {
		return id.getName().equals(this.name) && template(id) != null && id.getTag("session") != null;
	}

	private static @Nullable String template(Meter.Id id) {
		return id.getTag(OpenTelemetryRequestsObservationConvention.URL_TEMPLATE);
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		if (!isOwn(id)) {
			return id;
		}
		List<Tag> tags = id.getTags().stream().filter((tag) -> !tag.getKey().equals("error")).toList();
		return id.replaceTags(tags);
	}

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		String template = template(id);
		return (template == null || !isOwn(id) || this.templates.admit(template)) ? MeterFilterReply.NEUTRAL
				: MeterFilterReply.DENY;
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		if (id.getType() != Meter.Type.TIMER || !isOwn(id)) {
			return config;
		}
		double[] nanos = Stream.of(buckets()).mapToDouble(Duration::toNanos).toArray();
		return config.merge(DistributionStatisticConfig.builder().serviceLevelObjectives(nanos).build());
	}

}
