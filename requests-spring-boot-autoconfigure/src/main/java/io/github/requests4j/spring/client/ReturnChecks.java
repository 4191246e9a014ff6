package io.github.requests4j.spring.client;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.codec.ServerSentEvent;

import io.github.requests4j.spring.client.SupportTable.Contents;
import io.github.requests4j.spring.client.SupportTable.Result;
import io.github.requests4j.spring.client.SupportTable.UnsupportedResult;

/**
 * Rejects result types that calls cannot return.
 */
final class ReturnChecks {

	private final BiFunction<String, String, RuntimeException> mistakes;

	/** Checks the type of a body, which requires message converters. */
	private final Consumer<ResolvableType> bodies;

	private ReturnChecks(BiFunction<String, String, RuntimeException> mistakes, Consumer<ResolvableType> bodies) {
		this.mistakes = mistakes;
		this.bodies = bodies;
	}

	/** Checks everything that does not depend on message converters. */
	static void check(Method method, Class<?> client, BiFunction<String, String, RuntimeException> mistakes) {
		ResolvableType type = type(method, client);
		ReturnChecks checks = new ReturnChecks(mistakes, (body) -> {
		});
		if (method.getTypeParameters().length > 0) {
			checks.requireNoVariable(ResolvableType.forType(method.getGenericReturnType()));
		}
		checks.check(type);
		checkEventMethod(method, type, mistakes);
		checkPaged(method, type, mistakes);
	}

	/** Checks that a message converter can read the body that a method returns. */
	static void checkBody(Method method, Class<?> client, ReadableTypes readable,
			BiFunction<String, String, RuntimeException> mistakes) {
		new ReturnChecks(mistakes, (body) -> {
			if (!readable.contain(body)) {
				throw mistakes.apply("The method returns " + body + ", which no message converter can read.",
						"Return a record or class that can be created from the body, or Response, String or byte[]."
								+ " For an interface, declare its class with Jackson's @JsonDeserialize(as = ...) or"
								+ " @JsonTypeInfo, or add a converter.");
			}
		}).check(type(method, client));
	}

	/** Returns the type that spring-web passes on when the method is called. */
	private static ResolvableType type(Method method, Class<?> client) {
		return ResolvableType.forType(GenericTypeResolver.resolveType(method.getGenericReturnType(), client));
	}

	private static void checkEventMethod(Method method, ResolvableType type,
			BiFunction<String, String, RuntimeException> mistakes) {
		Reconnect reconnect = AnnotationUtils.findAnnotation(method, Reconnect.class);
		if (reconnect != null && reconnect.delayMillis() < 0) {
			throw mistakes.apply("The delayMillis of @Reconnect is negative.",
					"Set the delay in milliseconds, or remove it for the default of 3 seconds.");
		}
		ReturnChecks checks = new ReturnChecks(mistakes, (body) -> {
		});
		ResolvableType result = (Result.of(raw(type)) == Result.FUTURE) ? type.getGeneric(0) : type;
		checks.checkEvents(reconnect, result);
		checks.checkEvents(AnnotationUtils.findAnnotation(method, EventTypes.class), result);
	}

	private static void checkPaged(Method method, ResolvableType type,
			BiFunction<String, String, RuntimeException> mistakes) {
		Paged paged = AnnotationUtils.findAnnotation(method, Paged.class);
		if (paged == null) {
			return;
		}
		if (Result.of(raw(type)) != Result.ELEMENTS) {
			throw mistakes.apply("The method has @Paged, but does not return elements.",
					"Return Stream<T>, Iterator<T> or CloseableIterator<T>, or remove the annotation.");
		}
		if (StreamedBodies.isEvent(type.getGeneric(0).getType())
				|| AnnotationUtils.findAnnotation(method, Reconnect.class) != null
				|| AnnotationUtils.findAnnotation(method, EventTypes.class) != null) {
			throw mistakes.apply("The method has @Paged, but returns events.", "Remove the annotation.");
		}
		try {
			PagedMethod.of(paged);
		}
		catch (IllegalArgumentException ex) {
			throw mistakes.apply("The @Paged annotation is not valid.", String.valueOf(ex.getMessage()));
		}
	}

	private void checkEvents(@Nullable Annotation annotation, ResolvableType result) {
		if (annotation == null) {
			return;
		}
		String name = "@" + annotation.annotationType().getSimpleName();
		if (Result.of(raw(result)) != Result.ELEMENTS) {
			throw this.mistakes.apply("The method has " + name + ", but does not return events.",
					"Return Stream<ServerSentEvent<T>> or an Iterator of events, or remove the annotation.");
		}
		if (annotation instanceof EventTypes types && Set.of(types.value()).isEmpty()) {
			throw this.mistakes.apply("The @EventTypes annotation is empty.",
					"List at least one event type, or remove the annotation.");
		}
	}

	private void check(ResolvableType type) {
		Class<?> raw = raw(type);
		Result result = Result.of(raw);
		if (result.contents() != Contents.NONE) {
			requireTypeArgument(type, raw);
			checkContents(result.contents(), type.getGeneric(0), raw);
		}
		else if (result == Result.BODY) {
			checkBody(type);
		}
	}

	private void checkContents(Contents contents, ResolvableType type, Class<?> container) {
		Class<?> raw = raw(type);
		Result result = Result.of(raw);
		if (contents == Contents.RESULT && result != Result.FUTURE) {
			check(type);
		}
		else if (contents == Contents.ELEMENT && raw == ServerSentEvent.class) {
			requireTypeArgument(type, raw);
			checkContents(Contents.BODY, type.getGeneric(0), raw);
		}
		else if (result == Result.BODY) {
			checkBody(type);
		}
		else if (contents != Contents.ENTITY_BODY || (result != Result.NOTHING && result != Result.INPUT_STREAM)) {
			throw this.mistakes.apply(
					"The method returns " + container.getSimpleName() + " of " + raw.getSimpleName()
							+ ", which is not a body.",
					"Return " + ((result == Result.NOTHING) ? "void" : raw.getSimpleName()) + " itself.");
		}
	}

	private void checkBody(ResolvableType type) {
		requireNoVariable(type);
		UnsupportedResult unsupported = UnsupportedResult.of(raw(type));
		if (unsupported != null) {
			String kind = (unsupported == UnsupportedResult.REACTIVE) ? "the reactive type " : "";
			throw this.mistakes.apply("The method returns " + kind + raw(type).getName() + ", which is not supported.",
					"Return " + unsupported.instead().replace("`", "") + ".");
		}
		this.bodies.accept(type);
	}

	/** Rejects an unresolved type variable, which would be read as a map. */
	private void requireNoVariable(ResolvableType type) {
		if (type.getType() instanceof TypeVariable<?> variable) {
			throw this.mistakes.apply("The method returns the type variable " + variable + ", which is not resolved.",
					"Extend the generic interface with a concrete type, as in Items extends Crud<Item>.");
		}
		if (type.isArray()) {
			requireNoVariable(type.getComponentType());
		}
		for (ResolvableType argument : type.getGenerics()) {
			requireNoVariable(argument);
		}
	}

	private void requireTypeArgument(ResolvableType type, Class<?> raw) {
		if (!(type.getType() instanceof ParameterizedType)) {
			throw this.mistakes.apply("The method returns " + raw.getSimpleName() + " without a type argument.",
					"Return " + raw.getSimpleName() + "<T>.");
		}
	}

	private static Class<?> raw(ResolvableType type) {
		return type.resolve(Object.class);
	}

}
