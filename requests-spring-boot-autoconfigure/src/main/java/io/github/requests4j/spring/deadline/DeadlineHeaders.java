package io.github.requests4j.spring.deadline;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads how long the client of a request waits. The headers have durations and not times,
 * so that clocks need not agree. Values that are not valid are ignored.
 */
final class DeadlineHeaders {

	/** The header of gRPC over HTTP/2, such as {@code 1500m} for 1.5 seconds. */
	static final String GRPC = "grpc-timeout";

	/** The header that Envoy sends upstream, in milliseconds. */
	static final String ENVOY = "x-envoy-expected-rq-timeout-ms";

	private static final Pattern GRPC_VALUE = Pattern.compile("(\\d{1,8})([HMSmun])");

	private static final Pattern ENVOY_VALUE = Pattern.compile("\\d{1,10}");

	private static final Duration SHORTEST = Duration.ofNanos(1);

	private DeadlineHeaders() {
	}

	/**
	 * Returns the shortest duration of the headers, at least a nanosecond, or null if
	 * there is none.
	 * @param headers returns the value of a header or null
	 */
	static @Nullable Duration read(UnaryOperator<@Nullable String> headers) {
		Duration own = grpc(headers.apply(GRPC));
		Duration proxy = envoy(headers.apply(ENVOY));
		Duration shorter = (own == null || (proxy != null && proxy.compareTo(own) < 0)) ? proxy : own;
		return (shorter != null && shorter.isZero()) ? SHORTEST : shorter;
	}

	private static @Nullable Duration grpc(@Nullable String value) {
		Matcher matcher = (value != null) ? GRPC_VALUE.matcher(value.strip()) : null;
		return (matcher != null && matcher.matches())
				? Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2).charAt(0))) : null;
	}

	private static ChronoUnit unit(char unit) {
		return switch (unit) {
			case 'H' -> ChronoUnit.HOURS;
			case 'M' -> ChronoUnit.MINUTES;
			case 'S' -> ChronoUnit.SECONDS;
			case 'm' -> ChronoUnit.MILLIS;
			case 'u' -> ChronoUnit.MICROS;
			default -> ChronoUnit.NANOS;
		};
	}

	private static @Nullable Duration envoy(@Nullable String value) {
		return (value != null && ENVOY_VALUE.matcher(value.strip()).matches())
				? Duration.ofMillis(Long.parseLong(value.strip())) : null;
	}

}
