package io.github.requests4j.spring.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.ResponseErrorMapper;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Excludes the components that {@link RequestsTest} does not test.
 */
final class RequestsTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<RequestsTest> {

	private final Set<Class<?>> clients;

	RequestsTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.clients = new LinkedHashSet<>();
		getAnnotation().getValue("clients", Class[].class).ifPresent((types) -> {
			for (Class<?> type : types) {
				this.clients.add(type);
			}
		});
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		Set<Class<?>> includes = new LinkedHashSet<>(
				List.of(SessionCustomizer.class, ResponseErrorMapper.class, HttpServiceArgumentResolver.class));
		if (this.clients.isEmpty()) {
			includes.add(RequestsClient.class);
		}
		return includes;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.clients;
	}

}
