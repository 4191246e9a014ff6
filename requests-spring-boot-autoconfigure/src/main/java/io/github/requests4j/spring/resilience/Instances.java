package io.github.requests4j.spring.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

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
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.management.BreakerStates;

/**
 * The Resilience4j instances of the application, and the steps of a call through them.
 */
final class Instances implements ResilienceChecks.InstanceNames {

	private final InstanceKind<Retry, RetryRegistry> retries;

	private final InstanceKind<CircuitBreaker, CircuitBreakerRegistry> breakers;

	private final InstanceKind<RateLimiter, RateLimiterRegistry> limiters;

	private final InstanceKind<Bulkhead, BulkheadRegistry> bulkheads;

	/**
	 * The circuit breakers of client methods that calls have passed through, by session.
	 * They are recorded, because it is not known in advance which session a client calls.
	 */
	private final Map<String, Set<String>> usedBreakers = new ConcurrentHashMap<>();

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
			default -> throw new IllegalArgumentException("Unknown kind of instance: " + key);
		};
	}

	InstanceKind<CircuitBreaker, CircuitBreakerRegistry> breakers() {
		return this.breakers;
	}

	/**
	 * Returns the steps of a session's calls, outermost first, in the order of
	 * Resilience4j's own annotations. Each attempt of the retry passes through all other
	 * steps, and a call that the breaker rejects does not use a permission of the limiter
	 * or bulkhead. A step for which neither the session nor any client names an instance
	 * is left out.
	 */
	List<CallInterceptor> steps(ConfiguredSessions sessions, String session, @Nullable RetryBudget budget) {
		SessionProperties.Resilience names = sessions.get(session).resilience();
		List<SessionProperties.Resilience> all = new ArrayList<>(ofClients(sessions));
		all.add(names);
		List<CallInterceptor> steps = new ArrayList<>();
		if (isUsed(all, SessionProperties.Resilience::retry)) {
			steps.add(new RetryStep(this.retries.of(names, SessionProperties.Resilience::retry), budget));
		}
		if (isUsed(all, SessionProperties.Resilience::circuitBreaker)) {
			Function<SendOptions, @Nullable CircuitBreaker> breaker = this.breakers.of(names,
					SessionProperties.Resilience::circuitBreaker);
			Set<String> used = usedBreakers(session);
			steps.add(new BreakerStep((options) -> {
				CircuitBreaker instance = breaker.apply(options);
				if (instance != null && !instance.getName().equals(names.circuitBreaker())) {
					used.add(instance.getName());
				}
				return instance;
			}));
		}
		if (isUsed(all, SessionProperties.Resilience::rateLimiter)) {
			steps.add(new LimiterStep(this.limiters.of(names, SessionProperties.Resilience::rateLimiter)));
		}
		if (isUsed(all, SessionProperties.Resilience::bulkhead)) {
			steps.add(new BulkheadStep(this.bulkheads.of(names, SessionProperties.Resilience::bulkhead)));
		}
		return steps;
	}

	private static List<SessionProperties.Resilience> ofClients(ConfiguredSessions sessions) {
		return sessions.clients()
			.values()
			.stream()
			.flatMap((client) -> Stream.concat(Stream.of(client.common()), client.methods().values().stream()))
			.map(RequestsProperties.Method::resilience)
			.filter(Objects::nonNull)
			.toList();
	}

	private Set<String> usedBreakers(String session) {
		return this.usedBreakers.computeIfAbsent(session, (key) -> ConcurrentHashMap.newKeySet());
	}

	private static boolean isUsed(List<SessionProperties.Resilience> all,
			Function<SessionProperties.Resilience, @Nullable String> key) {
		return all.stream().anyMatch((names) -> StringUtils.hasLength(key.apply(names)));
	}

	/**
	 * Finds the instances of one kind without creating any. A registry would create an
	 * instance with the defaults for an unknown name.
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

		/**
		 * Returns the names of all instances, or {@code null} if there is no registry.
		 */
		@Nullable Set<String> names() {
			R available = this.registry.getIfAvailable();
			if (available == null) {
				return null;
			}
			Set<String> names = new TreeSet<>();
			this.all.apply(available).forEach((instance) -> names.add(this.name.apply(instance)));
			return names;
		}

		Optional<T> find(String instance) {
			R available = this.registry.getIfAvailable();
			return (available != null) ? available.find(instance) : Optional.empty();
		}

		/**
		 * Returns a function that finds the instance of a call, which is that of its
		 * client method or otherwise of the session. The function looks it up on each
		 * call, because a refresh of the configuration replaces it.
		 */
		Function<SendOptions, @Nullable T> of(SessionProperties.Resilience session,
				Function<SessionProperties.Resilience, @Nullable String> key) {
			R available = this.registry.getObject();
			String usual = key.apply(session);
			return (options) -> {
				SessionProperties.Resilience own = options.attribute(SessionProperties.Resilience.class);
				String instance = (own != null) ? key.apply(own) : usual;
				return StringUtils.hasLength(instance) ? require(available, instance) : null;
			};
		}

		private T require(R available, String instance) {
			return available.find(instance)
				.orElseThrow(() -> new IllegalStateException(
						"The Resilience4j instance '" + instance + "' has been removed from its registry."));
		}

	}

	/**
	 * Reports the state of the circuit breakers that sessions use.
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
			if (!this.sessions.contains(session)) {
				return Map.of();
			}
			Set<String> names = new TreeSet<>(this.instances.usedBreakers(session));
			String name = this.sessions.get(session).resilience().circuitBreaker();
			if (StringUtils.hasLength(name)) {
				names.add(name);
			}
			Map<String, String> states = new TreeMap<>();
			names.forEach((each) -> this.instances.breakers()
				.find(each)
				.ifPresent((breaker) -> states.put(each, breaker.getState().name())));
			return states;
		}

	}

}
