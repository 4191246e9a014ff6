package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpHeaders;

import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.deadline.InheritedDeadline;
import io.github.requests4j.spring.internal.config.CallDeadline;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;

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
		@Nullable Reconnect reconnect, @Nullable PagedMethod paged, RequestsProperties.@Nullable Method settings) {

	/** A method about which nothing is known. */
	static final ClientMethod UNKNOWN = new ClientMethod(null, false, false, Set.of(), null, null, null);

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	/** The name of the request attribute that contains this. */
	static final String ATTRIBUTE = ClientMethod.class.getName();

	static ClientMethod of(Method method, String client, RequestsProperties.@Nullable Method settings) {
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

	/** Applies the settings of the configuration, unless the arguments have set them. */
	void apply(RequestOptions options, HttpHeaders given, Timeouts defaults) {
		RequestsProperties.Method own = this.settings;
		if (own == null) {
			return;
		}
		if (own.connectTimeout() != null || own.readTimeout() != null) {
			options.timeout((own.connectTimeout() != null) ? own.connectTimeout() : defaults.connect(),
					(own.readTimeout() != null) ? own.readTimeout() : defaults.read());
		}
		CallDeadline deadline = own.deadline();
		if (deadline != null && deadline.limit() != null) {
			options.deadline(deadline.limit());
		}
		else if (deadline != null) {
			options.sharedDeadline(InheritedDeadline.current());
		}
		if (own.allowRedirects() != null) {
			options.allowRedirects(own.allowRedirects());
		}
		if (own.idempotencyKey() != null && !given.containsHeader(IDEMPOTENCY_KEY)) {
			options.header(IDEMPOTENCY_KEY, (own.idempotencyKey() == SessionProperties.IdempotencyKey.AUTO)
					? UUID.randomUUID().toString() : null);
		}
	}

}
