package io.github.requests4j.spring.client;

import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.deadline.InheritedDeadline;
import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.CallDeadline;
import io.github.requests4j.spring.internal.config.ClientSettings;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.RetryPolicies;

/**
 * The settings of one client method in the configuration. Retries and Resilience4j
 * instances are merged with those of the session on the first call, because the session
 * is not known earlier. Thread-safe.
 */
final class MethodSettings {

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final RequestsProperties.Method own;

	private final ConfiguredSessions sessions;

	private final LiveSessions live;

	private volatile @Nullable Policies policies;

	MethodSettings(RequestsProperties.Method own, ConfiguredSessions sessions, LiveSessions live) {
		this.own = own;
		this.sessions = sessions;
		this.live = live;
	}

	/**
	 * The retries and instances that replace those of the session.
	 *
	 * @param retries the retries of the transport, or {@code null} for the session's
	 * @param instances the names of the Resilience4j instances, or {@code null} for the
	 * session's
	 */
	private record Policies(@Nullable Retry retries, SessionProperties.@Nullable Resilience instances) {
	}

	/** Applies the settings to a call, before its arguments are applied. */
	void apply(RequestOptions options, HttpHeaders given, Session session) {
		if (this.own.connectTimeout() != null || this.own.readTimeout() != null) {
			Timeouts defaults = session.timeouts();
			options.timeout((this.own.connectTimeout() != null) ? this.own.connectTimeout() : defaults.connect(),
					(this.own.readTimeout() != null) ? this.own.readTimeout() : defaults.read());
		}
		CallDeadline deadline = this.own.deadline();
		if (deadline != null && deadline.limit() != null) {
			options.deadline(deadline.limit());
		}
		else if (deadline != null) {
			options.sharedDeadline(InheritedDeadline.current());
		}
		if (this.own.allowRedirects() != null) {
			options.allowRedirects(this.own.allowRedirects());
		}
		if (this.own.idempotencyKey() != null && !given.containsHeader(IDEMPOTENCY_KEY)) {
			options.header(IDEMPOTENCY_KEY, (this.own.idempotencyKey() == SessionProperties.IdempotencyKey.AUTO)
					? UUID.randomUUID().toString() : null);
		}
		if (this.own.cache() != null) {
			options.cache(this.own.cache());
		}
		if (this.own.maxRetries() != null || this.own.resilience() != null) {
			Policies known = policies(session);
			options.attribute(Retry.class, known.retries());
			options.attribute(SessionProperties.Resilience.class, known.instances());
		}
	}

	private Policies policies(Session session) {
		Policies known = this.policies;
		if (known == null) {
			String name = session.name();
			known = (name != null && this.sessions.contains(name))
					? merge(this.sessions.get(name), this.live.retryBudget(name)) : merge(null, null);
			this.policies = known;
		}
		return known;
	}

	/**
	 * A method with retries of one kind does not inherit those of the other, because
	 * their numbers of attempts would multiply.
	 */
	private Policies merge(@Nullable SessionProperties session, @Nullable RetryBudget budget) {
		AdapterProperties.Retry counts = this.own.maxRetries();
		SessionProperties.Resilience names = this.own.resilience();
		Retry retries = null;
		if (counts != null) {
			AdapterProperties.Retry all = ClientSettings.orElse(counts,
					(session != null) ? session.adapter().maxRetries() : null);
			retries = RetryPolicies.of("max-retries", all, budget, MethodSettings::set);
		}
		else if (names != null && StringUtils.hasLength(names.retry())) {
			retries = Retry.none();
		}
		if (counts != null && !counts.isOff()) {
			names = ((names != null) ? names : SessionProperties.Resilience.NONE).withRetry("");
		}
		SessionProperties.Resilience inherited = (session != null) ? session.resilience() : null;
		return new Policies(retries, (names != null) ? ClientSettings.orElse(names, inherited) : null);
	}

	/** The values were checked when the application started. */
	private static <T> void set(String key, @Nullable T value, Consumer<T> setter) {
		if (value != null) {
			setter.accept(value);
		}
	}

}
