package io.github.requests4j.spring.internal.config;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a mistake in the configuration of requests: the property, its origin, what is
 * wrong and how to fix it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestsConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<RequestsConfigurationException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RequestsConfigurationException cause) {
		StringBuilder description = new StringBuilder("The configuration of requests is not valid:%n%n".formatted());
		description.append("    Property: %s%n".formatted(cause.property()));
		if (cause.origin() != null) {
			description.append("    Origin: %s%n".formatted(RequestsConfigurationException.shown(cause.origin())));
		}
		description.append("    Reason: %s".formatted(cause.problem()));
		return new FailureAnalysis(description.toString(), cause.fix(), cause);
	}

}
