package io.github.requests4j.spring.internal.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Registers the hints for ahead-of-time compilation. The keys are record components,
 * which this library binds itself and the endpoint reads by reflection.
 */
final class RequestsRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<? extends Record>> GROUPS = List.of(RequestsProperties.class,
			SessionProperties.class, RequestsProperties.Client.class, RequestsProperties.Method.class,
			RequestsProperties.Redis.class, RequestsProperties.Observation.class, AdapterProperties.class,
			AdapterProperties.Retry.class, SessionProperties.Auth.class, SessionProperties.Cert.class,
			SessionProperties.Ssl.class, SessionProperties.Redirect.class, SessionProperties.Limits.class,
			SessionProperties.Egress.class, SessionProperties.Resilience.class, SessionProperties.Logging.class,
			SessionProperties.Cache.class, SessionProperties.Hedge.class, SessionProperties.Rate.class,
			SessionProperties.Concurrency.class, SessionProperties.Cookies.class, SessionProperties.Compress.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(GROUPS.toArray(Class<?>[]::new)).registerHints(hints);
		hints.resources()
			.registerPattern("io/github/requests4j/version.properties")
			.registerPattern("io/github/requests4j/cookies/public-suffix-list.dat");
		hints.reflection().registerType(CallDeadline.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		GROUPS.forEach((group) -> hints.reflection().registerType(group, MemberCategory.INVOKE_PUBLIC_METHODS));
	}

}
