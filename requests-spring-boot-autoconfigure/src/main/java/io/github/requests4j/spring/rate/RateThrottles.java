package io.github.requests4j.spring.rate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

import io.github.requests4j.adapters.Throttle;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Creates the throttles of sessions. A session keeps its throttle while its settings stay
 * the same, so that its permits are counted once. Thread-safe.
 */
final class RateThrottles implements SessionThrottles {

	private final ConfiguredSessions sessions;

	private final ObjectProvider<RateStore> stores;

	private final @Nullable ClassLoader classLoader;

	private final Map<String, Known> throttles = new ConcurrentHashMap<>();

	private final Map<String, ThrottleStatistics> statistics = new ConcurrentHashMap<>();

	/** A throttle and the settings that it was created for. */
	private record Known(SessionProperties.Rate rate, Throttle throttle) {
	}

	RateThrottles(ConfiguredSessions sessions, ObjectProvider<RateStore> stores, @Nullable ClassLoader classLoader) {
		this.sessions = sessions;
		this.stores = stores;
		this.classLoader = classLoader;
	}

	@Override
	public @Nullable Throttle of(String session, SessionProperties.Rate rate) {
		String limit = rate.limit();
		if (limit != null && SessionProperties.isOff(limit)) {
			return null;
		}
		return this.throttles.compute(session, (name, known) -> (known != null && known.rate().equals(rate)) ? known
				: new Known(rate, create(session, rate)))
			.throttle();
	}

	@Override
	public ThrottleStatistics statistics(String session) {
		return this.statistics.computeIfAbsent(session, (name) -> new ThrottleStatistics());
	}

	private Throttle create(String session, SessionProperties.Rate rate) {
		check(session, rate);
		String text = rate.limit();
		RateLimit limit = (text != null) ? parse(session, text, rate) : null;
		if (limit != null) {
			requireBucket4j(session);
		}
		Deferrals deferrals = new Deferrals();
		Permits permits = (rate.store() == SessionProperties.Store.REDIS) ? shared(session, rate, limit, deferrals)
				: (limit != null) ? new LocalPermits(limit) : null;
		return new RateThrottle(session, rate, permits, deferrals, statistics(session));
	}

	private Permits shared(String session, SessionProperties.Rate rate, @Nullable RateLimit limit,
			Deferrals deferrals) {
		RateStore store = this.stores.getIfAvailable();
		if (store == null) {
			throw this.sessions.redisMissing(session, "rate.store");
		}
		if (limit != null && rate.whenUnavailable() == SessionProperties.Rate.WhenUnavailable.SHARE
				&& rate.replicas() == null) {
			throw mistake(session, "store", "The share of this replica while Redis is unavailable is unknown.",
					"Set rate.replicas to the number of replicas, or rate.when-unavailable to fail.");
		}
		return store.permits(session, rate, limit, deferrals, statistics(session));
	}

	private void check(String session, SessionProperties.Rate rate) {
		Integer burst = rate.burst();
		if (burst != null && burst < 1) {
			throw mistake(session, "burst", "'" + burst + "' is not a number of requests.", "Set at least 1.");
		}
		Integer replicas = rate.replicas();
		if (replicas != null && replicas < 1) {
			throw mistake(session, "replicas", "'" + replicas + "' is not a number of replicas.", "Set at least 1.");
		}
	}

	private RateLimit parse(String session, String text, SessionProperties.Rate rate) {
		try {
			return RateLimit.parse(text, rate.burst());
		}
		catch (IllegalArgumentException ex) {
			throw mistake(session, "limit", String.valueOf(ex.getMessage()),
					"Write a number and a unit, such as 100/s, 600/m or 5000/h, or off for no limit.");
		}
	}

	private void requireBucket4j(String session) {
		if (!ClassUtils.isPresent("io.github.bucket4j.Bucket", this.classLoader)) {
			throw mistake(session, "limit", "A rate limit requires Bucket4j, which is not on the class path.",
					"Add the dependency com.bucket4j:bucket4j_jdk17-core, or remove this key.");
		}
	}

	private RequestsConfigurationException mistake(String session, String key, String problem, String fix) {
		return this.sessions.mistake(session, "rate." + key, problem, fix, null);
	}

}
