package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;

import io.github.requests4j.spring.config.MethodProperties;

/**
 * Tells the adapter which method of a client is being called. Safe for many threads.
 */
final class ClientMethods implements HttpRequestValues.Processor {

	private final Map<String, MethodProperties> settings;

	private final Map<Method, ClientMethod> methods = new ConcurrentHashMap<>();

	ClientMethods(Map<String, MethodProperties> settings) {
		this.settings = settings;
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		builder.addAttribute(ClientMethod.ATTRIBUTE, this.methods.computeIfAbsent(method, this::describe));
	}

	private ClientMethod describe(Method method) {
		return ClientMethod.of(method, this.settings.get(method.getName()));
	}

}
