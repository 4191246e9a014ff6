package io.github.requests4j.spring.observation;

import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.redis.StoreActivity;

/**
 * Counts the calls of sessions to the shared store, for each use.
 */
final class StoreMeters implements SmartInitializingSingleton {

	private final StoreActivity store;

	private final MeterRegistry registry;

	StoreMeters(StoreActivity store, MeterRegistry registry) {
		this.store = store;
		this.registry = registry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (RedisUse use : RedisUse.values()) {
			counter(use, "requests.store.calls", "Commands for the shared store", StoreActivity.Counts::calls);
			counter(use, "requests.store.failures", "Commands that the shared store failed or did not answer in time",
					StoreActivity.Counts::failures);
			counter(use, "requests.store.fallbacks", "Times that a session continued without the shared store",
					StoreActivity.Counts::fallbacks);
		}
	}

	private void counter(RedisUse use, String name, String description, ToLongFunction<StoreActivity.Counts> value) {
		FunctionCounter.builder(name, this.store, (activity) -> value.applyAsLong(activity.counts(use)))
			.description(description)
			.tag("use", use.id())
			.register(this.registry);
	}

}
