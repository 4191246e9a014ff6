package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;

/**
 * Finds return types that no call can give.
 */
final class ReturnChecks {

	private static final List<String> REACTIVE = List.of("reactor.", "io.reactivex.", "org.reactivestreams.",
			"kotlinx.coroutines.", "io.smallrye.mutiny.", "java.util.concurrent.Flow");

	private static final List<Class<?>> ELEMENTS = List.of(Stream.class, Iterator.class, CloseableIterator.class);

	/** What is no body, and so cannot be within an Optional or an entity. */
	private static final List<Class<?>> NO_BODIES = List.of(Response.class, PreparedRequest.class, HttpHeaders.class,
			ResponseEntity.class, Optional.class, CompletableFuture.class, InputStream.class, Stream.class,
			Iterator.class, CloseableIterator.class);

	private final BiFunction<String, String, RuntimeException> mistakes;

	private ReturnChecks(BiFunction<String, String, RuntimeException> mistakes) {
		this.mistakes = mistakes;
	}

	static void check(Method method, Class<?> client, BiFunction<String, String, RuntimeException> mistakes) {
		ReturnChecks checks = new ReturnChecks(mistakes);
		ResolvableType type = ResolvableType.forMethodReturnType(method, client);
		checks.check(type);
		ResolvableType result = (raw(type) == CompletableFuture.class) ? type.getGeneric(0) : type;
		Reconnect reconnect = AnnotationUtils.findAnnotation(method, Reconnect.class);
		if (reconnect != null && reconnect.delayMillis() < 0) {
			throw mistakes.apply("The delayMillis of its @Reconnect is negative.",
					"Set the pause in milliseconds, or leave it out for 3 seconds.");
		}
		checks.checkEvents(reconnect, result);
		checks.checkEvents(AnnotationUtils.findAnnotation(method, EventTypes.class), result);
	}

	private void checkEvents(@Nullable Annotation annotation, ResolvableType result) {
		if (annotation == null) {
			return;
		}
		String name = "@" + annotation.annotationType().getSimpleName();
		if (!ELEMENTS.contains(raw(result))) {
			throw this.mistakes.apply("It has " + name + ", but returns no events.",
					"Return Stream<ServerSentEvent<T>> or an Iterator of them, or remove the annotation.");
		}
		if (annotation instanceof EventTypes types && Set.of(types.value()).isEmpty()) {
			throw this.mistakes.apply("Its @EventTypes names no types.",
					"Name at least one type of event, or remove the annotation.");
		}
	}

	private void check(ResolvableType type) {
		Class<?> raw = raw(type);
		if (REACTIVE.stream().anyMatch(raw.getName()::startsWith)) {
			throw this.mistakes.apply(
					"It returns the reactive type " + raw.getName() + ", and calls of sessions are blocking.",
					"Return CompletableFuture<T>, Stream<T> or T.");
		}
		if (raw != CompletableFuture.class
				&& (Future.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw))) {
			throw this.mistakes.apply("It returns " + raw.getName() + ", which calls cannot give.",
					"Return CompletableFuture<T>.");
		}
		if (raw == CompletableFuture.class || ELEMENTS.contains(raw)) {
			requireType(type, raw);
			check(type.getGeneric(0));
		}
		if (raw == Optional.class || raw == ResponseEntity.class) {
			requireType(type, raw);
			requireBody(type.getGeneric(0), raw);
		}
	}

	private void requireType(ResolvableType type, Class<?> raw) {
		if (!(type.getType() instanceof ParameterizedType)) {
			throw this.mistakes.apply("It returns " + raw.getSimpleName() + " and does not say of what.",
					"Return " + raw.getSimpleName() + "<T>.");
		}
	}

	private void requireBody(ResolvableType type, Class<?> around) {
		Class<?> raw = raw(type);
		if (NO_BODIES.contains(raw)) {
			throw this.mistakes.apply(
					"It returns " + around.getSimpleName() + " of " + raw.getSimpleName() + ", which is no body.",
					"Return " + raw.getSimpleName() + " itself.");
		}
		check(type);
	}

	private static Class<?> raw(ResolvableType type) {
		return type.resolve(Object.class);
	}

}
