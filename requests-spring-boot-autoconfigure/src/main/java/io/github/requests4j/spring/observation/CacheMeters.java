package io.github.requests4j.spring.observation;

import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.cache.CacheStatistics;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports the caches of sessions under Micrometer's names for caches. Meters of a session
 * that is not used yet are zero, and do not create it.
 */
final class CacheMeters extends SessionMeters {

	private final LiveSessions sessions;

	private final MeterRegistry registry;

	CacheMeters(ConfiguredSessions configured, LiveSessions sessions, MeterRegistry registry) {
		super(configured);
		this.sessions = sessions;
		this.registry = registry;
	}

	@Override
	boolean isUsed(SessionProperties settings) {
		SessionProperties.@Nullable Cache cache = settings.cache();
		return cache != null && cache.size().toBytes() > 0;
	}

	@Override
	void register(String session) {
		counter(session, "cache.gets", "hit", "Responses from the cache", CacheStatistics::hits);
		counter(session, "cache.gets", "miss", "Responses from the server", CacheStatistics::misses);
		counter(session, "cache.gets", "validated", "Stored responses that the server confirmed",
				CacheStatistics::validations);
		Gauge.builder("cache.size", this, (meters) -> meters.size(session))
			.description("Stored responses with their bodies")
			.baseUnit("bytes")
			.tag("cache", session)
			.tag("cache.manager", "requests")
			.register(this.registry);
	}

	private void counter(String session, String name, String result, String description,
			ToLongFunction<CacheStatistics> value) {
		FunctionCounter.builder(name, this, (meters) -> meters.value(session, value))
			.description(description)
			.tag("cache", session)
			.tag("cache.manager", "requests")
			.tag("result", result)
			.register(this.registry);
	}

	/** Returns the size, or NaN for a cache in Redis, whose size is unknown. */
	private double size(String session) {
		double size = value(session, CacheStatistics::size);
		return (size >= 0) ? size : Double.NaN;
	}

	private double value(String session, ToLongFunction<CacheStatistics> value) {
		HttpCache cache = this.sessions.cache(session);
		return (cache != null) ? value.applyAsLong(cache.statistics()) : 0;
	}

}
