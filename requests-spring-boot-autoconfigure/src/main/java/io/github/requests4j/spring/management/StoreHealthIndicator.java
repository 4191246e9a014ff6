package io.github.requests4j.spring.management;

import java.time.Instant;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.requests4j.spring.internal.redis.StoreActivity;

/**
 * Reports whether sessions reach the store that they share with other replicas. Its
 * status is not DOWN, because sessions continue without the store. It affects the overall
 * health only if {@code management.endpoint.health.status.order} contains it.
 */
final class StoreHealthIndicator extends AbstractHealthIndicator {

	static final Status STORE_UNAVAILABLE = new Status("STORE_UNAVAILABLE",
			"Sessions continue without the store that they share with other replicas");

	private final StoreActivity store;

	StoreHealthIndicator(StoreActivity store) {
		super("The state of the shared store could not be read");
		this.store = store;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		Long since = this.store.unavailableSince();
		if (since != null) {
			builder.status(STORE_UNAVAILABLE).withDetail("unavailableSince", Instant.ofEpochMilli(since).toString());
		}
		this.store.counts().forEach((use, counts) -> builder.withDetail(use.id(), counts));
	}

}
