package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Collection;
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
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.HttpExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Explains why a client, a session or its {@code RestClient} cannot be injected, before
 * Spring Boot suggests declaring a bean. Either the interface is not scanned or not
 * annotated, or there are several sessions, or none has the name.
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
		if (type == Session.class || type == RestClient.class) {
			return (cause instanceof NoUniqueBeanDefinitionException several) ? several(several, type, where)
					: none(cause, type, where);
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

	private @Nullable FailureAnalysis several(NoUniqueBeanDefinitionException cause, Class<?> type, String where) {
		List<String> found = (cause.getBeanNamesFound() != null) ? List.copyOf(cause.getBeanNamesFound()) : List.of();
		if (type == RestClient.class && found.stream().noneMatch(this::isOfSession)) {
			return null;
		}
		String first = firstSession();
		return new FailureAnalysis(
				where + " required a single " + type.getSimpleName() + ", but " + cause.getNumberOfBeansFound()
						+ " were found: " + String.join(", ", found),
				"Select a session, as in @Qualifier(\"" + first + "\") "
						+ ((type == Session.class) ? "Session session" : "RestClient restClient")
						+ ", or make one the default with requests.sessions." + first + ".primary: true.",
				cause);
	}

	private boolean isOfSession(String bean) {
		return ConfiguredSessions.names(this.environment)
			.stream()
			.anyMatch((session) -> bean.equals(session + RestClient.class.getSimpleName()));
	}

	private @Nullable FailureAnalysis none(NoSuchBeanDefinitionException cause, Class<?> type, String where) {
		Collection<String> sessions = ConfiguredSessions.names(this.environment);
		if (sessions.isEmpty()) {
			return null;
		}
		String wanted = where + " required a " + type.getSimpleName() + " that could not be found. ";
		String names = "The configured sessions are " + String.join(", ", sessions) + ".";
		return (type == Session.class)
				? new FailureAnalysis(wanted + names, "Correct the name in @Qualifier, or configure the session.",
						cause)
				: new FailureAnalysis(wanted + "A session has a RestClient only with 'rest-client: true'. " + names,
						"Set requests.sessions." + firstSession()
								+ ".rest-client: true, correct the name in @Qualifier, or declare a bean of type RestClient.",
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
