package io.github.requests4j.spring.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What ahead-of-time compilation must keep: the keys are the components of records, which
 * a binder of our own fills and the endpoint reads.
 */
final class RequestsRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<? extends Record>> GROUPS = List.of(RequestsProperties.class,
			SessionProperties.class, ClientProperties.class, MethodProperties.class, AdapterProperties.class,
			RetryProperties.class, AuthProperties.class, CertProperties.class, SslProperties.class,
			RedirectProperties.class, LimitsProperties.class, EgressProperties.class, ResilienceProperties.class,
			LoggingProperties.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(GROUPS.toArray(Class<?>[]::new)).registerHints(hints);
		hints.resources()
			.registerPattern("io/github/requests4j/version.properties")
			.registerPattern("io/github/requests4j/cookies/public-suffix-list.dat");
		GROUPS.forEach((group) -> hints.reflection().registerType(group, MemberCategory.INVOKE_PUBLIC_METHODS));
	}

}
