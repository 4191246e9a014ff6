package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.service.annotation.HttpExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Explains why a client or a session cannot be injected, before Spring Boot suggests
 * declaring a bean. Either the interface is not scanned or not annotated, or there are
 * several sessions.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InjectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beans;

	private final Environment environment;

	InjectionFailureAnalyzer(BeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		String where = (description != null) ? description : "A component";
		if (type == Session.class && cause instanceof NoUniqueBeanDefinitionException several) {
			return sessions(several, where);
		}
		if (type == null || !type.isInterface() || cause instanceof NoUniqueBeanDefinitionException) {
			return null;
		}
		if (AnnotatedElementUtils.hasAnnotation(type, RequestsClient.class)) {
			return isScanned(type) ? null
					: new FailureAnalysis(
							missing(where, type,
									"It is a @RequestsClient outside the scanned packages: "
											+ String.join(", ", packages()) + "."),
							"Add @EnableRequestsClients(basePackages = \"" + type.getPackageName()
									+ "\") to your application class, or move the interface into its package.",
							cause);
		}
		return hasExchanges(type) ? new FailureAnalysis(
				missing(where, type, "It has @HttpExchange methods, but no @RequestsClient annotation."),
				"Annotate it with @RequestsClient(\"" + firstSession() + "\"), using the name of a session.", cause)
				: null;
	}

	private static String missing(String where, Class<?> type, String reason) {
		return "%s required a bean of type '%s', which could not be found.%n%n%s".formatted(where, type.getName(),
				reason);
	}

	private FailureAnalysis sessions(NoUniqueBeanDefinitionException cause, String where) {
		List<String> found = new ArrayList<>();
		if (cause.getBeanNamesFound() != null) {
			found.addAll(cause.getBeanNamesFound());
		}
		String first = firstSession();
		return new FailureAnalysis(
				where + " required a single Session, but " + cause.getNumberOfBeansFound() + " were found: "
						+ String.join(", ", found),
				"Select a session, as in @Qualifier(\"" + first + "\") Session session, or make one the default with"
						+ " requests.sessions." + first + ".primary: true.",
				cause);
	}

	private String firstSession() {
		return ConfiguredSessions.names(this.environment).stream().findFirst().orElse(ConfiguredSessions.DEFAULT_NAME);
	}

	private boolean isScanned(Class<?> type) {
		return packages().stream()
			.anyMatch((name) -> type.getPackageName().equals(name) || type.getPackageName().startsWith(name + '.'));
	}

	private List<String> packages() {
		return AutoConfigurationPackages.has(this.beans) ? AutoConfigurationPackages.get(this.beans) : List.of("none");
	}

	private static boolean hasExchanges(Class<?> type) {
		for (Method method : type.getMethods()) {
			if (AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)) {
				return true;
			}
		}
		return false;
	}

}
