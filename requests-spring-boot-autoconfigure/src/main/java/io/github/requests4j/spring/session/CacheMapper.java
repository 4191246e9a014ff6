package io.github.requests4j.spring.session;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.Session;
import io.github.requests4j.cache.CacheStore;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Limits;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.CacheStores;

/**
 * Creates the cache of a session.
 */
final class CacheMapper {

	private static final String MEMORY = "memory";

	private static final String REDIS = "redis";

	/**
	 * The part of the cache that one body may use. A larger one would evict too many
	 * others.
	 */
	private static final int MAX_SHARE = 8;

	private final BeanFactory beans;

	private final ObjectProvider<CacheStores> shared;

	/** The executor that refreshes stale responses. */
	private final ObjectProvider<Executor> executors;

	private final KeptParts kept;

	CacheMapper(BeanFactory beans, ObjectProvider<CacheStores> shared, ObjectProvider<Executor> executors,
			KeptParts kept) {
		this.beans = beans;
		this.shared = shared;
		this.executors = executors;
		this.kept = kept;
	}

	/**
	 * Returns a function that wraps adapters with the cache of the session.
	 * @param existing the session whose cache is kept if its settings are the same, or
	 * {@code null} for a new one
	 */
	UnaryOperator<Adapter> map(String name, SessionProperties session, Limits limits, SettingChecks checks,
			@Nullable Session existing) {
		SessionProperties.Cache properties = session.cache();
		if (properties == null || properties.size().toBytes() == 0) {
			return UnaryOperator.identity();
		}
		return this.kept.cache(existing, session, () -> create(name, properties, limits, checks))::wrap;
	}

	private HttpCache create(String session, SessionProperties.Cache properties, Limits limits, SettingChecks checks) {
		HttpCache.Builder builder = HttpCache.builder()
			.limits(limits)
			.heuristic(properties.heuristic())
			.collapse(properties.collapse())
			.keyHeaders(properties.keyHeaders().toArray(String[]::new));
		checks.set("cache.size", properties.size().toBytes(), builder::maxSize);
		checks.set("cache.stale-if-error", properties.staleIfError(), builder::staleIfError);
		checks.set("cache.stale-while-revalidate", properties.staleWhileRevalidate(), builder::staleWhileRevalidate);
		Executor executor = this.executors.getIfAvailable();
		if (executor != null) {
			builder.executor(executor);
		}
		CacheStore store = store(session, properties, checks);
		if (store != null) {
			return builder.store(store).build();
		}
		try {
			return builder.build();
		}
		catch (IllegalStateException ex) {
			throw checks.mistake("cache", "A cache in memory requires Caffeine, which is not on the class path.",
					"Add the dependency com.github.ben-manes.caffeine:caffeine.");
		}
	}

	/** Returns the store, or null for the one in memory. */
	private @Nullable CacheStore store(String session, SessionProperties.Cache properties, SettingChecks checks) {
		String name = properties.store();
		if (name.equalsIgnoreCase(MEMORY)) {
			return null;
		}
		if (name.equalsIgnoreCase(REDIS)) {
			return redis(session, properties, checks);
		}
		if (!this.beans.containsBean(name) || !this.beans.isTypeMatch(name, CacheStore.class)) {
			throw checks.mistake("cache.store",
					"'" + name + "' is neither memory nor redis, nor the name of a bean of type "
							+ CacheStore.class.getName() + ".",
					"Declare such a bean, or correct the name.");
		}
		return this.beans.getBean(name, CacheStore.class);
	}

	private CacheStore redis(String session, SessionProperties.Cache properties, SettingChecks checks) {
		CacheStores stores = this.shared.getIfAvailable();
		if (stores == null) {
			throw checks.redisMissing("cache.store");
		}
		if (properties.localSize().isNegative()) {
			throw checks.mistake("cache.local-size", "The size must not be negative.",
					"Set a size such as '8MB', or '0B' to keep nothing in memory.");
		}
		Duration stale = (properties.staleIfError().compareTo(properties.staleWhileRevalidate()) > 0)
				? properties.staleIfError() : properties.staleWhileRevalidate();
		return stores.open(session, new CacheStores.Settings(Math.max(1, properties.size().toBytes() / MAX_SHARE),
				properties.localSize().toBytes(), stale));
	}

}
