package io.github.requests4j.spring.concurrency;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
 * until its settings change. Thread-safe.
 */
final class ConfiguredConcurrency implements SessionConcurrency {

	private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

	private static final String ADAPTIVE = "adaptive";

	private static final String LIBRARY = "com.netflix.concurrency.limits.Limit";

	private final ConfiguredSessions sessions;

	private final @Nullable ClassLoader classLoader;

	private final Map<String, Limited> limits = new ConcurrentHashMap<>();

	ConfiguredConcurrency(ConfiguredSessions sessions, @Nullable ClassLoader classLoader) {
		this.sessions = sessions;
		this.classLoader = classLoader;
	}

	@Override
	public UnaryOperator<Adapter> of(String session, SessionProperties.Concurrency settings) {
		String value = settings.limit().toLowerCase(Locale.ROOT);
		if (SessionProperties.isOff(value)) {
			this.limits.remove(session);
			return UnaryOperator.identity();
		}
		long maxNanos = maxNanos(session, settings.maxWait());
		Limited limited = this.limits.compute(session,
				(name, existing) -> (existing != null && existing.text().equals(value)) ? existing
						: new Limited(value, limit(name, value), new LongAdder()));
		return (adapter) -> new ConcurrencyAdapter(adapter, session, limited.limit(), maxNanos, limited.rejected());
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
				throw mistake(session, "An adaptive limit needs a library that is not on the class path.",
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
		Limited limited = this.limits.get(session);
		return (limited != null)
				? new State(limited.limit().limit(), limited.limit().active(), limited.rejected().sum()) : null;
	}

	/**
	 * The limit of one session.
	 */
	private record Limited(String text, ConcurrencyLimit limit, LongAdder rejected) {
	}

}
