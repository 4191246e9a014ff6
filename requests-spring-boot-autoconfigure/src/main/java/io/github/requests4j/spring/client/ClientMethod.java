package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpHeaders;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestOptions;

/**
 * The properties of a client method that are known before it is called. Immutable.
 *
 * @param client the name of its client, or {@code null} if that is unknown
 * @param optional whether it returns an {@link Optional}, which is empty for 404
 * @param events whether it only returns server-sent events
 * @param eventTypes the types of events that it returns; empty for all
 * @param reconnect how it reconnects for further events, or {@code null} if it does not
 * @param paged how it reads pages, or {@code null} if it does not
 * @param settings its settings in the configuration, or {@code null}
 */
record ClientMethod(@Nullable String client, boolean optional, boolean events, Set<String> eventTypes,
		@Nullable Reconnect reconnect, @Nullable PagedMethod paged, @Nullable MethodSettings settings) {

	/** A method about which nothing is known. */
	static final ClientMethod UNKNOWN = new ClientMethod(null, false, false, Set.of(), null, null, null);

	/** The name of the request attribute that contains this. */
	static final String ATTRIBUTE = ClientMethod.class.getName();

	static ClientMethod of(Method method, String client, @Nullable MethodSettings settings) {
		Reconnect reconnect = AnnotationUtils.findAnnotation(method, Reconnect.class);
		Paged paged = AnnotationUtils.findAnnotation(method, Paged.class);
		EventTypes types = AnnotationUtils.findAnnotation(method, EventTypes.class);
		ResolvableType result = ResolvableType.forMethodReturnType(method);
		result = (result.resolve() == CompletableFuture.class) ? result.getGeneric(0) : result;
		boolean events = reconnect != null || types != null || StreamedBodies.isEvent(result.getGeneric(0).getType());
		return new ClientMethod(client, method.getReturnType() == Optional.class, events,
				(types != null) ? Set.of(types.value()) : Set.of(), reconnect,
				(paged != null) ? PagedMethod.of(paged) : null, settings);
	}

	/** Applies the settings of the configuration, before the arguments are applied. */
	void apply(RequestOptions options, HttpHeaders given, Session session) {
		if (this.settings != null) {
			this.settings.apply(options, given, session);
		}
	}

}
