package io.github.requests4j.spring.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cache.CacheStatistics;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.EffectiveSettings;
import io.github.requests4j.spring.internal.config.EffectiveSettings.Setting;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionBeanNames;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionThrottles;

/**
 * The endpoint {@code requests}, which shows the settings of each session, where each was
 * set, the activity of the session, and the result of the last refresh. Secrets are
 * always masked. Sanitizing functions of the application can mask more.
 */
@Endpoint(id = "requests")
final class RequestsEndpoint {

	private final ConfiguredSessions configured;

	private final LiveSessions live;

	private final SessionActivities activities;

	private final List<BreakerStates> breakers;

	private final @Nullable SessionConcurrency concurrency;

	private final @Nullable SessionThrottles throttles;

	private final Sanitizer sanitizer;

	private final Supplier<@Nullable RefreshReport> refresh;

	RequestsEndpoint(ConfiguredSessions configured, LiveSessions live, SessionActivities activities,
			List<BreakerStates> breakers, @Nullable SessionConcurrency concurrency,
			@Nullable SessionThrottles throttles, Sanitizer sanitizer, Supplier<@Nullable RefreshReport> refresh) {
		this.configured = configured;
		this.live = live;
		this.activities = activities;
		this.breakers = breakers;
		this.concurrency = concurrency;
		this.throttles = throttles;
		this.sanitizer = sanitizer;
		this.refresh = refresh;
	}

	@ReadOperation
	SessionDescriptor.All sessions() {
		Map<String, SessionDescriptor> sessions = new LinkedHashMap<>();
		this.live.names().forEach((name) -> sessions.put(name, describe(name)));
		return new SessionDescriptor.All(sessions, this.refresh.get());
	}

	@ReadOperation
	@Nullable SessionDescriptor session(@Selector String session) {
		return this.live.names().contains(session) ? describe(session) : null;
	}

	/** Empties the cache of a session. Does nothing if it has none. */
	@DeleteOperation
	void clearCache(@Selector String session) {
		HttpCache cache = this.live.cache(session);
		if (cache != null) {
			cache.clear();
		}
	}

	private SessionDescriptor describe(String name) {
		Session session = this.live.get(name);
		SessionActivity activity = this.activities.of(name);
		Map<String, String> states = new LinkedHashMap<>();
		this.breakers.forEach((breakers) -> states.putAll(breakers.of(name)));
		return new SessionDescriptor(SessionBeanNames.of(name), session != null, settings(name), mounts(session),
				pools(name), interceptors(session), states, SessionDescriptor.Budget.of(this.live.retryBudget(name)),
				concurrency(name), this.live.instances(name), cache(name), this.live.hedges(name), rate(name),
				(activity != null) ? activity.counts() : null, (activity != null) ? activity.lastError() : null,
				(activity != null) ? activity.recent() : List.of());
	}

	private List<SessionDescriptor.Pool> pools(String name) {
		List<SessionDescriptor.Pool> pools = new ArrayList<>();
		for (HttpAdapter transport : this.live.transports(name)) {
			transport.poolStatisticsByKey()
				.forEach((key, connections) -> pools.add(SessionDescriptor.Pool.of(key, connections)));
		}
		return pools;
	}

	private SessionDescriptor.@Nullable Rate rate(String name) {
		return (this.throttles != null && this.configured.get(name).rate() != null)
				? SessionDescriptor.Rate.of(this.throttles.statistics(name)) : null;
	}

	private SessionConcurrency.@Nullable State concurrency(String name) {
		return (this.concurrency != null) ? this.concurrency.state(name) : null;
	}

	private @Nullable CacheStatistics cache(String name) {
		HttpCache cache = this.live.cache(name);
		return (cache != null) ? cache.statistics() : null;
	}

	private Map<String, Setting> settings(String name) {
		Map<String, Setting> settings = new LinkedHashMap<>();
		EffectiveSettings.of(this.configured, name)
			.forEach((key, setting) -> settings.put(key, sanitized(key, setting)));
		return settings;
	}

	private Setting sanitized(String key, Setting setting) {
		String property = (setting.property() != null) ? setting.property() : key;
		Object value = this.sanitizer.sanitize(new SanitizableData(null, property, setting.value()), true);
		return new Setting((value != null) ? value : "", setting.property(), setting.origin());
	}

	private static List<SessionDescriptor.Mount> mounts(@Nullable Session session) {
		List<SessionDescriptor.Mount> mounts = new ArrayList<>();
		if (session != null) {
			session.adapters()
				.forEach((prefix, adapter) -> mounts.add(new SessionDescriptor.Mount(UrlText.masked(prefix),
						classes(adapter), LiveSessions.pool(adapter))));
		}
		return mounts;
	}

	private static List<String> classes(Adapter adapter) {
		List<String> classes = new ArrayList<>();
		for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
			classes.add(inner.getClass().getName());
		}
		return classes;
	}

	private static List<String> interceptors(@Nullable Session session) {
		return (session != null)
				? session.interceptors().stream().map((interceptor) -> interceptor.getClass().getName()).toList()
				: List.of();
	}

}
