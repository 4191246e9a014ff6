package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMessage;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timeouts;

/**
 * The result types and arguments that client methods support, and the common ones that
 * they do not. The startup check, the calls and the guide all use this table, so that a
 * method that passes the check can be called.
 */
final class SupportTable {

	private static final List<String> REACTIVE = List.of("reactor.", "io.reactivex.", "org.reactivestreams.",
			"kotlinx.coroutines.", "io.smallrye.mutiny.", "java.util.concurrent.Flow");

	private SupportTable() {
	}

	/** Returns whether a type is asynchronous, other than CompletableFuture. */
	static boolean isReactive(Class<?> type) {
		return REACTIVE.stream().anyMatch(type.getName()::startsWith);
	}

	/**
	 * The result of a method. A type without an entry is a body.
	 */
	enum Result {

		NOTHING("`void`", Contents.NONE, void.class, Void.class),

		BODY("`T`", Contents.NONE),

		OPTIONAL("`Optional<T>`", Contents.BODY, Optional.class),

		ENTITY("`ResponseEntity<T>`, `ResponseEntity<Void>`, `ResponseEntity<InputStream>`", Contents.ENTITY_BODY,
				ResponseEntity.class),

		RESPONSE("`Response`", Contents.NONE, Response.class),

		HEADERS("`HttpHeaders`", Contents.NONE, HttpHeaders.class),

		INPUT_STREAM("`InputStream`", Contents.NONE, InputStream.class),

		ELEMENTS("`Stream<T>`, `Iterator<T>`, `CloseableIterator<T>`", Contents.ELEMENT, Stream.class, Iterator.class,
				CloseableIterator.class),

		FUTURE("`CompletableFuture<...>`", Contents.RESULT, CompletableFuture.class),

		PREPARED("`PreparedRequest`", Contents.NONE, PreparedRequest.class);

		private static final Map<Class<?>, Result> BY_TYPE = new HashMap<>();

		static {
			for (Result result : values()) {
				result.types.forEach((type) -> BY_TYPE.put(type, result));
			}
		}

		private final String label;

		private final Contents contents;

		private final Set<Class<?>> types;

		Result(String label, Contents contents, Class<?>... types) {
			this.label = label;
			this.contents = contents;
			this.types = Set.of(types);
		}

		static Result of(Class<?> type) {
			return BY_TYPE.getOrDefault(type, BODY);
		}

		/** Returns its name in the guide. */
		String label() {
			return this.label;
		}

		/** Returns the kind of its type argument. */
		Contents contents() {
			return this.contents;
		}

	}

	/**
	 * The kinds of type arguments of results.
	 */
	enum Contents {

		/** There is no type argument, or it belongs to the body. */
		NONE,

		BODY,

		/** A body, a stream of its bytes, or nothing. */
		ENTITY_BODY,

		/** A body, or a {@link ServerSentEvent} with a body. */
		ELEMENT,

		/** Anything that a method can return, except for another future. */
		RESULT

	}

	/**
	 * The purpose of a parameter, determined by its annotation, or by its type if it has
	 * none.
	 */
	enum Argument {

		PATH_VARIABLE("`@PathVariable`", PathVariable.class),

		REQUEST_PARAM("`@RequestParam`", RequestParam.class),

		REQUEST_HEADER("`@RequestHeader`", RequestHeader.class),

		COOKIE("`@CookieValue`", CookieValue.class),

		BODY("`@RequestBody`", RequestBody.class),

		PART("`@RequestPart`", RequestPart.class),

		ATTRIBUTE("`@RequestAttribute`", RequestAttribute.class),

		WRITTEN_BODY("`StreamingHttpOutputMessage.Body`",
				(parameter) -> parameter.getParameterType() == StreamingHttpOutputMessage.Body.class),

		FILE("`MultipartFile`", (parameter) -> nested(parameter) == MultipartFile.class),

		URL("`URI`", (parameter) -> nested(parameter) == URI.class),

		URL_FACTORY("`UriBuilderFactory`", (parameter) -> nested(parameter) == UriBuilderFactory.class),

		METHOD("`HttpMethod`", (parameter) -> nested(parameter) == HttpMethod.class),

		TIMEOUTS("`Timeouts`", (parameter) -> parameter.getParameterType() == Timeouts.class),

		AUTH("`Auth`", (parameter) -> Auth.class.isAssignableFrom(parameter.getParameterType())),

		PROGRESS("`ProgressListener`",
				(parameter) -> ProgressListener.class.isAssignableFrom(parameter.getParameterType())),

		OPTIONS("`Consumer<RequestOptions>`", Argument::isOptions),

		QUERY("a record or bean", QueryBean::supports);

		private static final ResolvableType OPTIONS_TYPE = ResolvableType.forClassWithGenerics(Consumer.class,
				RequestOptions.class);

		private static final Set<Argument> CALL_OPTIONS = Set.of(TIMEOUTS, AUTH, PROGRESS, OPTIONS);

		/** The kinds of which the last argument would silently replace the others. */
		private static final Set<Argument> ONCE = Set.of(BODY, WRITTEN_BODY, URL, URL_FACTORY, METHOD, TIMEOUTS, AUTH,
				PROGRESS);

		private static final Set<Argument> TEXTS = Set.of(PATH_VARIABLE, REQUEST_PARAM, REQUEST_HEADER, COOKIE);

		private static final Set<Argument> REPEATED = Set.of(REQUEST_PARAM, REQUEST_HEADER, COOKIE, PART);

		private final String label;

		private final @Nullable Class<? extends Annotation> annotation;

		private final Predicate<MethodParameter> type;

		Argument(String label, Class<? extends Annotation> annotation) {
			this.label = label;
			this.annotation = annotation;
			this.type = (parameter) -> false;
		}

		Argument(String label, Predicate<MethodParameter> type) {
			this.label = label;
			this.annotation = null;
			this.type = type;
		}

		/** Returns the purpose of a parameter, or {@code null} if it is unknown. */
		static @Nullable Argument of(MethodParameter parameter) {
			List<Argument> annotated = annotated(parameter);
			if (!annotated.isEmpty()) {
				return annotated.get(0);
			}
			for (Argument argument : values()) {
				if (argument.type.test(parameter)) {
					return argument;
				}
			}
			return null;
		}

		/** Returns the purposes that the annotations of a parameter declare. */
		static List<Argument> annotated(MethodParameter parameter) {
			List<Argument> found = new ArrayList<>(1);
			for (Argument argument : values()) {
				if (argument.annotation != null && parameter.hasParameterAnnotation(argument.annotation)) {
					found.add(argument);
				}
			}
			return found;
		}

		private static Class<?> nested(MethodParameter parameter) {
			return parameter.nestedIfOptional().getNestedParameterType();
		}

		private static boolean isOptions(MethodParameter parameter) {
			return OPTIONS_TYPE.isAssignableFrom(ResolvableType.forMethodParameter(parameter));
		}

		/** Returns its name in the guide. */
		String label() {
			return this.label;
		}

		/** Returns whether it configures the call and not the request. */
		boolean isCallOption() {
			return CALL_OPTIONS.contains(this);
		}

		/** Returns whether a method can have only one of this kind. */
		boolean isOnce() {
			return ONCE.contains(this);
		}

		/** Returns whether values are converted to strings. */
		boolean isText() {
			return TEXTS.contains(this);
		}

		/** Returns whether each element of a collection is a separate value. */
		boolean isRepeated() {
			return REPEATED.contains(this);
		}

	}

	/**
	 * Common result types that are not supported, with their replacements. A type that no
	 * message converter can read is also rejected.
	 */
	enum UnsupportedResult {

		REACTIVE("`Mono`, `Flux`, `Flow.Publisher` and other reactive types",
				"`CompletableFuture<T>`, `Stream<T>` or `T`", SupportTable::isReactive),

		FUTURE("`Future<T>`, `CompletionStage<T>`", "`CompletableFuture<T>`",
				(type) -> Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)),

		STREAM("`IntStream`, `ListIterator`, `Spliterator`, `Enumeration`", "`Stream<T>` or `Iterator<T>`",
				(type) -> BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)
						|| Spliterator.class.isAssignableFrom(type) || Enumeration.class.isAssignableFrom(type)),

		BYTES("`Reader`, `Channel`, subclasses of `InputStream`", "`InputStream`",
				(type) -> InputStream.class.isAssignableFrom(type) || Reader.class.isAssignableFrom(type)
						|| Channel.class.isAssignableFrom(type)),

		RESOURCE("subclasses of `Resource` except for `ByteArrayResource` and `InputStreamResource`", "`Resource`",
				(type) -> Resource.class.isAssignableFrom(type)
						&& !Set.of(Resource.class, ByteArrayResource.class, InputStreamResource.class).contains(type)),

		ENTITY("`HttpEntity<T>`, `RequestEntity<T>`", "`ResponseEntity<T>`", HttpEntity.class::isAssignableFrom),

		RESPONSE("`ClientHttpResponse`, `java.net.http.HttpResponse`", "`Response`",
				(type) -> HttpMessage.class.isAssignableFrom(type) || Response.class.isAssignableFrom(type)
						|| type.getName().equals("java.net.http.HttpResponse")),

		EVENT("`ServerSentEvent<T>`", "`Stream<ServerSentEvent<T>>`", ServerSentEvent.class::isAssignableFrom);

		private final String label;

		private final String instead;

		private final Predicate<Class<?>> types;

		UnsupportedResult(String label, String instead, Predicate<Class<?>> types) {
			this.label = label;
			this.instead = instead;
			this.types = types;
		}

		/**
		 * Returns the entry of a type that is not supported, or {@code null} if it has
		 * none.
		 */
		static @Nullable UnsupportedResult of(Class<?> type) {
			if (Result.of(type) != Result.BODY) {
				return null;
			}
			for (UnsupportedResult unsupported : values()) {
				if (unsupported.types.test(type)) {
					return unsupported;
				}
			}
			return null;
		}

		/** Returns its name in the guide. */
		String label() {
			return this.label;
		}

		/** Returns the replacement in the guide. */
		String instead() {
			return this.instead;
		}

	}

}
