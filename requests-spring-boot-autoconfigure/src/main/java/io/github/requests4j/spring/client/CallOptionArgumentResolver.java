package io.github.requests4j.spring.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Timeouts;

/**
 * Resolves arguments that configure the call and not the request: {@link Timeouts},
 * {@link Auth}, {@link ProgressListener} and {@code Consumer<RequestOptions>}. A
 * {@code null} argument is ignored. Thread-safe.
 */
final class CallOptionArgumentResolver implements HttpServiceArgumentResolver {

	private final Map<MethodParameter, Boolean> callOptions = new ConcurrentHashMap<>();

	@Override
	public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder values) {
		if (!this.callOptions.computeIfAbsent(parameter, CallOptionArgumentResolver::isCallOption)) {
			return false;
		}
		if (argument != null) {
			CallOption option = option(argument);
			values.addAttribute(CallOption.class.getName() + parameter.getParameterIndex(), option);
		}
		return true;
	}

	private static boolean isCallOption(MethodParameter parameter) {
		SupportTable.Argument kind = SupportTable.Argument.of(parameter);
		return kind != null && kind.isCallOption();
	}

	@SuppressWarnings("unchecked")
	private static CallOption option(Object argument) {
		if (argument instanceof Timeouts timeouts) {
			return (options) -> options.timeouts(timeouts);
		}
		if (argument instanceof Auth auth) {
			return (options) -> options.auth(auth);
		}
		if (argument instanceof ProgressListener listener) {
			return (options) -> options.onProgress(listener);
		}
		return ((Consumer<RequestOptions>) argument)::accept;
	}

	/**
	 * The change that an argument of a client method makes to its call. It is passed on
	 * as an attribute of the request values.
	 */
	@FunctionalInterface
	interface CallOption extends Consumer<RequestOptions> {

	}

}
