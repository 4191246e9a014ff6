package io.github.requests4j.spring.session;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.adapters.Throttle;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Limits;
import io.github.requests4j.spring.internal.balancing.BalancedAdapter;
import io.github.requests4j.spring.internal.balancing.Failover;
import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.logging.HeaderMasks;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.RetryPolicies;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionThrottles;

/**
 * Creates the transports of a session and mounts them.
 */
final class AdapterMapper {

	private static final String[] EVERYWHERE = { "https://", "http://" };

	private final TlsMapper tls;

	private final EgressMapper egress;

	private final ObjectProvider<ServiceBalancer> balancers;

	private final CacheMapper caches;

	private final LiveSessions live;

	private final ObjectProvider<SessionThrottles> throttles;

	private final KeptParts kept;

	private final ObjectProvider<SessionConcurrency> concurrency;

	AdapterMapper(TlsMapper tls, EgressMapper egress, ObjectProvider<ServiceBalancer> balancers, CacheMapper caches,
			LiveSessions live, ObjectProvider<SessionThrottles> throttles,
			ObjectProvider<SessionConcurrency> concurrency, KeptParts kept) {
		this.tls = tls;
		this.egress = egress;
		this.balancers = balancers;
		this.caches = caches;
		this.live = live;
		this.throttles = throttles;
		this.concurrency = concurrency;
		this.kept = kept;
	}

	/**
	 * Creates the transports.
	 * @param existing the session whose transports and cache are kept if their settings
	 * are the same, or {@code null} for new ones
	 */
	void map(String session, SessionProperties properties, SettingChecks checks, Session.Builder builder,
			@Nullable Session existing) {
		Limits limits = limits(properties.limits(), checks);
		TlsMapper.ReloadableMaterial material = this.tls.material(properties, checks);
		EgressRules rules = this.egress.rules(properties.egress(), checks);
		Throttle throttle = throttle(session, properties.rate());
		Supplier<HttpAdapter.Builder> common = () -> HttpAdapter.builder()
			.limits(limits)
			.tlsMaterial(material)
			.egress(rules)
			.throttle(throttle)
			.maskedHeaders(HeaderMasks.of(properties).masked());
		UnaryOperator<Adapter> cache = this.caches.map(session, properties, limits, checks, existing);
		UnaryOperator<Adapter> limited = concurrency(session, properties.concurrency());
		RetryBudget budget = budget(session, checks);
		HedgeMapper hedges = new HedgeMapper(properties, budget, checks);
		Retry retry = RetryPolicies.of("adapter.max-retries", properties.adapter().maxRetries(), budget, checks::set);
		UnaryOperator<Adapter> hedge = hedges.map(retry);
		HttpAdapter shared = this.kept.transport(existing, "adapter", properties.adapter(), properties,
				() -> adapter("adapter", properties.adapter(), common.get(), checks, retry));
		Adapter everywhere = cache.apply(hedge.apply(limited.apply(shared)));
		for (String prefix : EVERYWHERE) {
			builder.mount(prefix, everywhere);
		}
		properties.adapters().forEach((prefix, own) -> {
			String key = "adapters[" + prefix + "]";
			checkPrefix(key, prefix, checks);
			Retry ownRetry = RetryPolicies.of(key + ".max-retries", own.maxRetries(), budget, checks::set);
			HttpAdapter transport = this.kept.transport(existing, key, own, properties,
					() -> adapter(key, own, common.get(), checks, ownRetry));
			builder.mount(prefix, cache.apply(hedges.map(ownRetry).apply(limited.apply(transport))));
		});
		BaseUrlList several = BaseUrlList.of(properties, checks);
		ServiceUrl service = ServiceUrl.of(properties.baseUrl());
		Retry repeats = repeats(properties, retry, budget);
		UnaryOperator<Adapter> layers = (adapter) -> cache.apply(hedges.map(repeats).apply(limited.apply(adapter)));
		if (several != null) {
			several.checkAdapters(properties.adapters().keySet(), checks);
			several.mount(shared, repeats, builder, layers, existing);
		}
		else if (service != null) {
			HttpAdapter transport = this.kept.transport(existing, "base-url", properties.adapter(), properties,
					() -> adapter("adapter", properties.adapter(), common.get(), checks, Retry.none()));
			mountBalancer(service, transport, repeats, checks, builder, layers, existing);
		}
	}

	/**
	 * Returns the retry policy of a balancer. Without retries, it fails over once, unless
	 * the session has a named retry or its retries are switched off.
	 */
	private static Retry repeats(SessionProperties properties, Retry retry, @Nullable RetryBudget budget) {
		boolean decided = properties.adapter().maxRetries() != null
				|| StringUtils.hasLength(properties.resilience().retry());
		return decided ? retry : Failover.policy(budget);
	}

	/**
	 * Mounts the balancer, which makes the retries itself because they go to another
	 * instance.
	 */
	private void mountBalancer(ServiceUrl service, HttpAdapter transport, Retry retry, SettingChecks checks,
			Session.Builder builder, UnaryOperator<Adapter> layers, @Nullable Session existing) {
		ServiceBalancer balancer = this.balancers.getIfAvailable();
		if (balancer == null) {
			throw checks.mistake("base-url",
					"The application has no load balancer for the service '" + service.service() + "'.",
					"Add spring-cloud-starter-loadbalancer, or set the base URL of a host.");
		}
		if (!service.isNameOnly()) {
			throw checks.mistake("base-url", "This is not the URL of a service.",
					"Use lb:// and the name of the service without port or user, optionally followed by a path.");
		}
		builder.mount(service.transportPrefix(), transport);
		Adapter balanced = balancer.balance(service.service(), transport, retry);
		BalancedAdapter.among(List.of(balanced)).forEach((each) -> each.adopt(BalancedAdapter.known(existing)));
		builder.mount(service.prefix(), layers.apply(balanced));
	}

	private @Nullable Throttle throttle(String session, SessionProperties.@Nullable Rate rate) {
		SessionThrottles all = (rate != null) ? this.throttles.getIfAvailable() : null;
		return (rate != null && all != null) ? all.of(session, rate) : null;
	}

	private UnaryOperator<Adapter> concurrency(String session, SessionProperties.@Nullable Concurrency settings) {
		SessionConcurrency all = (settings != null) ? this.concurrency.getIfAvailable() : null;
		return (settings != null && all != null) ? all.of(session, settings) : UnaryOperator.identity();
	}

	private @Nullable RetryBudget budget(String session, SettingChecks checks) {
		checks.check("retry-budget", () -> this.live.retryBudget(session));
		return this.live.retryBudget(session);
	}

	private HttpAdapter adapter(String key, AdapterProperties properties, HttpAdapter.Builder builder,
			SettingChecks checks, Retry retry) {
		checks.set(key + ".pool-connections", properties.poolConnections(),
				(count) -> builder.poolConnections(positive(count)));
		checks.set(key + ".pool-maxsize", properties.poolMaxsize(), (count) -> builder.poolMaxsize(positive(count)));
		checks.set(key + ".pool-block", properties.poolBlock(), builder::poolBlock);
		checks.set(key + ".pool-timeout", properties.poolTimeout(), builder::poolTimeout);
		checks.set(key + ".pool-idle-timeout", properties.poolIdleTimeout(), builder::poolIdleTimeout);
		checks.set(key + ".pool-time-to-live", properties.poolTimeToLive(), builder::poolTimeToLive);
		String proxyVerify = key + ".proxy-verify";
		checks.set(proxyVerify, this.tls.verify(proxyVerify, properties.proxyVerify(), checks), builder::proxyVerify);
		return builder.maxRetries(retry).build();
	}

	private static int positive(int count) {
		if (count <= 0) {
			throw new IllegalArgumentException("It must be greater than zero, not " + count + ".");
		}
		return count;
	}

	private static Limits limits(SessionProperties.Limits properties, SettingChecks checks) {
		Limits[] limits = { Limits.DEFAULTS };
		checks.set("limits.max-header-bytes", properties.maxHeaderBytes(),
				(size) -> limits[0] = limits[0].withMaxHeaderBytes(Math.toIntExact(size.toBytes())));
		checks.set("limits", properties, (all) -> limits[0] = limits[0].withBody(all.maxBody().toBytes(),
				all.maxDecoded().toBytes(), all.maxDecodeRatio()));
		checks.set("limits.max-line", properties.maxLine(),
				(size) -> limits[0] = limits[0].withLines(size.toBytes(), limits[0].maxEvent()));
		checks.set("limits.max-event", properties.maxEvent(),
				(size) -> limits[0] = limits[0].withLines(limits[0].maxLine(), size.toBytes()));
		return limits[0];
	}

	private static void checkPrefix(String key, String prefix, SettingChecks checks) {
		if (!prefix.startsWith("http://") && !prefix.startsWith("https://")) {
			throw checks.mistake(key, "A transport can only be mounted for http and https.",
					"Write the prefix as in \"[https://files.example.com/]\".");
		}
		if (prefix.split("/", 4)[2].indexOf('@') >= 0) {
			throw checks.mistake(key, "A prefix with user information does not match any URL.",
					"Remove the part up to the '@', and set the credentials with auth.");
		}
	}

}
