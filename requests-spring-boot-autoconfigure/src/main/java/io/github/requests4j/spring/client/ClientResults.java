package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Makes calls and converts their responses to the return types of methods, for each entry
 * of {@link SupportTable.Result}. Thread-safe.
 */
final class ClientResults {

	private static final int NOT_FOUND = 404;

	private final BodyReader bodies;

	private final StreamedBodies streams;

	private final ResponseErrors errors;

	private final AsyncCalls async;

	ClientResults(BodyReader bodies, StreamedBodies streams, ResponseErrors errors, AsyncCalls async) {
		this.bodies = bodies;
		this.streams = streams;
		this.errors = errors;
		this.async = async;
	}

	/** Makes the call and returns its result. */
	@Nullable Object make(ClientCall call, Type type) {
		return make(call, ResolvableType.forType(type));
	}

	private @Nullable Object make(ClientCall call, ResolvableType type) {
		return switch (SupportTable.Result.of(type.resolve(Object.class))) {
			case NOTHING -> nothing(call);
			case BODY -> body(call, type, call.method().optional());
			case OPTIONAL -> optional(call, type);
			case ENTITY -> entity(call, type);
			case RESPONSE -> call.send();
			case HEADERS -> headers(call);
			case INPUT_STREAM -> inputStream(call);
			case ELEMENTS -> (type.resolve() == Stream.class) ? elements(call, type).stream() : elements(call, type);
			case FUTURE -> future(call, type);
			case PREPARED -> call.prepare();
		};
	}

	private @Nullable Object nothing(ClientCall call) {
		raise(call, call.send()).close();
		return null;
	}

	private HttpHeaders headers(ClientCall call) {
		try (Response response = raise(call, call.send())) {
			return ResponseInput.headers(response);
		}
	}

	private @Nullable Object body(ClientCall call, ResolvableType type, boolean emptyIfNotFound) {
		try (Response response = call.send()) {
			if (response.statusCode() == NOT_FOUND && emptyIfNotFound) {
				return null;
			}
			Object body = this.bodies.read(raise(call, response), type);
			if (body == null && type.getType() instanceof Class<?> primitive && primitive.isPrimitive()) {
				throw new RequestException(BodyReader.describe(response) + ": the response has no body, but the method"
						+ " returns " + primitive + ". Return "
						+ ClassUtils.resolvePrimitiveIfNecessary(primitive).getSimpleName()
						+ ", which can be null, or Optional.")
					.attach(null, response);
			}
			return body;
		}
	}

	private Optional<?> optional(ClientCall call, ResolvableType type) {
		return Optional.ofNullable(body(call, type.getGeneric(0), true));
	}

	private ResponseEntity<?> entity(ClientCall call, ResolvableType type) {
		ResolvableType body = type.getGeneric(0);
		if (body.getType() == InputStream.class) {
			return streamedEntity(call.sendStreamed());
		}
		try (Response response = call.send()) {
			Object value = (body.getType() == Void.class) ? null : entityBody(response, body);
			HttpHeaders headers = ResponseInput.headers(response);
			if (!hasReceivedLength(value, response)) {
				headers.remove(HttpHeaders.CONTENT_LENGTH);
			}
			HttpStatusCode status = HttpStatusCode.valueOf(response.statusCode());
			return response.ok() ? new ResponseEntity<>(value, headers, status)
					: new ErrorResponseEntity<>(value, headers, status, response);
		}
	}

	private static ResponseEntity<InputStream> streamedEntity(Response response) {
		return new ResponseEntity<>(response.bodyStream(), ResponseInput.headers(response),
				HttpStatusCode.valueOf(response.statusCode()));
	}

	/**
	 * Returns whether a controller that returns the entity sends as many bytes as were
	 * received. Objects are serialized again, and their length may change.
	 */
	private static boolean hasReceivedLength(@Nullable Object value, Response response) {
		return response.content().length == 0 || value instanceof byte[] || value instanceof String
				|| value instanceof Resource;
	}

	/**
	 * Reads the body, or returns null for the body of an error that does not have the
	 * declared type. The caller can read it from the response.
	 */
	private @Nullable Object entityBody(Response response, ResolvableType type) {
		try {
			return this.bodies.read(response, type);
		}
		catch (RequestException ex) {
			if (response.ok()) {
				throw ex;
			}
			return null;
		}
	}

	private InputStream inputStream(ClientCall call) {
		return raise(call, call.sendStreamed()).bodyStream();
	}

	private ElementIterator elements(ClientCall call, ResolvableType type) {
		PagedMethod paged = call.method().paged();
		if (paged != null) {
			Stream<Response> pages = call.pages(paged.paging().checkedBy((page) -> raise(call, page)));
			return this.streams.open(pages, type.getGeneric(0).getType(), paged);
		}
		Response response = raise(call, call.sendStreamed());
		try {
			return this.streams.open(response, type.getGeneric(0).getType(), call.method(),
					(last) -> raise(call, call.sendStreamed(last)));
		}
		catch (RuntimeException | Error ex) {
			response.close();
			throw ex;
		}
	}

	private CompletableFuture<?> future(ClientCall call, ResolvableType type) {
		ResolvableType result = type.getGeneric(0);
		return this.async.start(() -> make(call, result));
	}

	private Response raise(ClientCall call, Response response) {
		return this.errors.raise(response, call.context());
	}

}
