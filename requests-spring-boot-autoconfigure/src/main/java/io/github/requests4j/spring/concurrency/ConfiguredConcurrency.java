package io.github.requests4j.spring.concurrency;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.SessionConcurrency;

/**
 * The concurrency limits of the configured sessions. A limit keeps what it has learned
 * until a refresh that changes its settings is applied. Thread-safe.
 */
final class ConfiguredConcurrency implements SessionConcurrency {

	private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

	private static final String ADAPTIVE = "adaptive";

	private static final String LIBRARY = "com.netflix.concurrency.limits.Limit";

	private final ConfiguredSessions sessions;

	private final @Nullable ClassLoader classLoader;

	/**
	 * The limits of each session by their settings: those in use, and those of a refresh
	 * that may still be rejected.
	 */
	private final Map<String, Map<String, Limited>> limits = new ConcurrentHashMap<>();

	ConfiguredConcurrency(ConfiguredSessions sessions, @Nullable ClassLoader classLoader) {
		this.sessions = sessions;
		this.classLoader = classLoader;
	}

	@Override
	public UnaryOperator<Adapter> of(String session, SessionProperties.Concurrency settings) {
		String value = settings.limit().toLowerCase(Locale.ROOT);
		if (SessionProperties.isOff(value)) {
			return UnaryOperator.identity();
		}
		long maxNanos = maxNanos(session, settings.maxWait());
		Limited limited = limited(session, value);
		return (adapter) -> new ConcurrencyAdapter(adapter, session, limited.limit(), maxNanos, limited.rejected());
	}

	private Limited limited(String session, String value) {
		String inUse = valueInUse(session);
		Map<String, Limited> all = this.limits.compute(session, (name, existing) -> {
			Map<String, Limited> kept = new HashMap<>((existing != null) ? existing : Map.of());
			kept.keySet().removeIf((other) -> !other.equals(inUse) && !other.equals(value));
			kept.computeIfAbsent(value, (missing) -> new Limited(limit(session, missing), new LongAdder()));
			return Map.copyOf(kept);
		});
		return Objects.requireNonNull(all.get(value));
	}

	/** Returns the limit in the current settings, or null if there is none. */
	private @Nullable String valueInUse(String session) {
		return this.sessions.withCurrent(() -> {
			SessionProperties.Concurrency settings = this.sessions.contains(session)
					? this.sessions.get(session).concurrency() : null;
			return (settings != null) ? settings.limit().toLowerCase(Locale.ROOT) : null;
		});
	}

	private long maxNanos(String session, Duration maxWait) {
		if (maxWait.isNegative()) {
			throw this.sessions.mistake(session, "concurrency.wait", "The wait is negative.",
					"Use a duration such as 100ms, or 0s not to wait.", null);
		}
		return Deadline.nanos(maxWait);
	}

	private ConcurrencyLimit limit(String session, String value) {
		if (value.equals(ADAPTIVE)) {
			if (!ClassUtils.isPresent(LIBRARY, this.classLoader)) {
				throw mistake(session, "An adaptive limit requires a library that is not on the class path.",
						"Add com.netflix.concurrency-limits:concurrency-limits-core, or set a number.");
			}
			return new AdaptiveLimit(System::nanoTime);
		}
		if (!NUMBER.matcher(value).matches()) {
			throw mistake(session, "'" + value + "' is neither a number of requests nor adaptive.",
					"Use a number from 1 to 999999, adaptive, or off.");
		}
		return ConcurrencyLimit.fixed(Integer.parseInt(value));
	}

	private RequestsConfigurationException mistake(String session, String reason, String action) {
		return this.sessions.mistake(session, "concurrency.limit", reason, action, null);
	}

	@Override
	public @Nullable State state(String session) {
		String value = valueInUse(session);
		Map<String, Limited> all = this.limits.get(session);
		Limited limited = (value != null && all != null) ? all.get(value) : null;
		return (limited != null)
				? new State(limited.limit().limit(), limited.limit().active(), limited.rejected().sum()) : null;
	}

	/**
	 * A limit and the number of requests that it has rejected.
	 */
	private record Limited(ConcurrencyLimit limit, LongAdder rejected) {
	}

}
