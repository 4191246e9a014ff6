package io.github.requests4j.spring.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.Registry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.management.BreakerStates;

/**
 * The instances of the application, and the steps that a call makes through them.
 */
final class Instances implements ResilienceChecks.InstanceNames {

	private final InstanceKind<Retry, RetryRegistry> retries;

	private final InstanceKind<CircuitBreaker, CircuitBreakerRegistry> breakers;

	private final InstanceKind<RateLimiter, RateLimiterRegistry> limiters;

	private final InstanceKind<Bulkhead, BulkheadRegistry> bulkheads;

	Instances(ObjectProvider<RetryRegistry> retries, ObjectProvider<CircuitBreakerRegistry> breakers,
			ObjectProvider<RateLimiterRegistry> limiters, ObjectProvider<BulkheadRegistry> bulkheads) {
		this.retries = new InstanceKind<>(retries, RetryRegistry::getAllRetries, Retry::getName);
		this.breakers = new InstanceKind<>(breakers, CircuitBreakerRegistry::getAllCircuitBreakers,
				CircuitBreaker::getName);
		this.limiters = new InstanceKind<>(limiters, RateLimiterRegistry::getAllRateLimiters, RateLimiter::getName);
		this.bulkheads = new InstanceKind<>(bulkheads, BulkheadRegistry::getAllBulkheads, Bulkhead::getName);
	}

	@Override
	public @Nullable Set<String> of(String key) {
		return switch (key) {
			case "retry" -> this.retries.names();
			case "circuit-breaker" -> this.breakers.names();
			case "rate-limiter" -> this.limiters.names();
			case "bulkhead" -> this.bulkheads.names();
			default -> throw new IllegalArgumentException("No kind of instance: " + key);
		};
	}

	InstanceKind<CircuitBreaker, CircuitBreakerRegistry> breakers() {
		return this.breakers;
	}

	/**
	 * The steps of a session's calls, outermost first: the order of Resilience4j's own
	 * annotations. An attempt of the retry is a pass through all the others, and what the
	 * breaker does not let through needs neither permission nor place.
	 */
	List<CallInterceptor> steps(SessionProperties.Resilience names, @Nullable RetryBudget budget) {
		List<CallInterceptor> steps = new ArrayList<>();
		add(steps, names.retry(), this.retries, (instance) -> new RetryStep(instance, budget));
		add(steps, names.circuitBreaker(), this.breakers, BreakerStep::new);
		add(steps, names.rateLimiter(), this.limiters, LimiterStep::new);
		add(steps, names.bulkhead(), this.bulkheads, BulkheadStep::new);
		return steps;
	}

	private static <T, R extends Registry<T, ?>> void add(List<CallInterceptor> steps, @Nullable String name,
			InstanceKind<T, R> kind, Function<Supplier<T>, CallInterceptor> step) {
		if (StringUtils.hasLength(name)) {
			steps.add(step.apply(kind.lookUp(name)));
		}
	}

	/**
	 * Finds the instances of one kind without ever making one: a registry that is asked
	 * for a name it does not know makes an instance with the defaults.
	 *
	 * @param <T> the kind
	 * @param <R> its registry
	 */
	static final class InstanceKind<T, R extends Registry<T, ?>> {

		private final ObjectProvider<R> registry;

		private final Function<R, Set<T>> all;

		private final Function<T, String> name;

		InstanceKind(ObjectProvider<R> registry, Function<R, Set<T>> all, Function<T, String> name) {
			this.registry = registry;
			this.all = all;
			this.name = name;
		}

		/** The names of all instances, or {@code null} if there is no registry. */
		@Nullable Set<String> names() {
			R present = this.registry.getIfAvailable();
			if (present == null) {
				return null;
			}
			Set<String> names = new TreeSet<>();
			this.all.apply(present).forEach((instance) -> names.add(this.name.apply(instance)));
			return names;
		}

		Optional<T> find(String instance) {
			R present = this.registry.getIfAvailable();
			return (present != null) ? present.find(instance) : Optional.empty();
		}

		/**
		 * The instance of that name as it is at each call, since a refresh of the
		 * configuration replaces it.
		 */
		Supplier<T> lookUp(String instance) {
			R present = this.registry.getObject();
			return () -> present.find(instance)
				.orElseThrow(() -> new IllegalStateException(
						"The Resilience4j instance '" + instance + "' has been taken out of its registry"));
		}

	}

	/**
	 * Reports the state of the circuit breakers that sessions name.
	 */
	static final class NamedBreakers implements BreakerStates {

		private final ConfiguredSessions sessions;

		private final Instances instances;

		NamedBreakers(ConfiguredSessions sessions, Instances instances) {
			this.sessions = sessions;
			this.instances = instances;
		}

		@Override
		public Map<String, String> of(String session) {
			if (!this.sessions.names().contains(session) && !ConfiguredSessions.DEFAULT_NAME.equals(session)) {
				return Map.of();
			}
			String name = this.sessions.get(session).resilience().circuitBreaker();
			if (!StringUtils.hasLength(name)) {
				return Map.of();
			}
			return this.instances.breakers()
				.find(name)
				.map(CircuitBreaker::getState)
				.map((state) -> Map.of(name, state.name()))
				.orElse(Map.of());
		}

	}

}
