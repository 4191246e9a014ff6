package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;

import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.internal.config.RequestsProperties;

/**
 * What is known of a method of a client before it is called. Immutable.
 *
 * @param client the name of its client, or {@code null} when that is not known
 * @param optional whether it returns an {@link Optional}, which is empty for 404
 * @param events whether it returns server-sent events and nothing else
 * @param reconnect how it asks for further events, or {@code null} for not at all
 * @param settings what the configuration says of it, or {@code null}
 */
record ClientMethod(@Nullable String client, boolean optional, boolean events, @Nullable Reconnect reconnect,
		RequestsProperties.@Nullable Method settings) {

	/** A method of which nothing is known. */
	static final ClientMethod UNKNOWN = new ClientMethod(null, false, false, null, null);

	/** The name of the request attribute that contains this. */
	static final String ATTRIBUTE = ClientMethod.class.getName();

	static ClientMethod of(Method method, String client, RequestsProperties.@Nullable Method settings) {
		Reconnect reconnect = AnnotationUtils.findAnnotation(method, Reconnect.class);
		ResolvableType type = ResolvableType.forMethodReturnType(method);
		ResolvableType result = (type.resolve() == CompletableFuture.class) ? type.getGeneric(0) : type;
		return new ClientMethod(client, method.getReturnType() == Optional.class,
				reconnect != null || StreamedBodies.isEvent(result.getGeneric(0).getType()), reconnect, settings);
	}

	/** Sets what the configuration says. */
	void apply(RequestOptions options, Timeouts defaults) {
		RequestsProperties.Method own = this.settings;
		if (own == null) {
			return;
		}
		if (own.connectTimeout() != null || own.readTimeout() != null) {
			options.timeout((own.connectTimeout() != null) ? own.connectTimeout() : defaults.connect(),
					(own.readTimeout() != null) ? own.readTimeout() : defaults.read());
		}
		if (own.deadline() != null) {
			options.deadline(own.deadline());
		}
		if (own.allowRedirects() != null) {
			options.allowRedirects(own.allowRedirects());
		}
	}

}
