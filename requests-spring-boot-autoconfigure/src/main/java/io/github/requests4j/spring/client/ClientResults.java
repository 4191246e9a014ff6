package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Makes calls and turns their responses into what methods return: one entry for each
 * kind, and everything else is a body. Safe for many threads.
 */
final class ClientResults {

	private static final int NOT_FOUND = 404;

	private final BodyReader bodies;

	private final StreamedBodies streams;

	private final ResponseErrors errors;

	private final AsyncCalls async;

	private final List<Kind> kinds = List.of(new Kind(Void.class, this::nothing),
			new Kind(Response.class, (call, type) -> call.send()),
			new Kind(PreparedRequest.class, (call, type) -> call.prepare()), new Kind(HttpHeaders.class, this::headers),
			new Kind(ResponseEntity.class, this::entity), new Kind(Optional.class, this::optional),
			new Kind(CompletableFuture.class, (call, type) -> future(call, type)),
			new Kind(InputStream.class, this::inputStream),
			new Kind(Stream.class, (call, type) -> elements(call, type).stream()),
			new Kind(CloseableIterator.class, this::elements), new Kind(Iterator.class, this::elements));

	ClientResults(BodyReader bodies, StreamedBodies streams, ResponseErrors errors, AsyncCalls async) {
		this.bodies = bodies;
		this.streams = streams;
		this.errors = errors;
		this.async = async;
	}

	/** How one kind of result is made. */
	private record Kind(Class<?> type, Maker maker) {
	}

	/** Makes a call and its result. */
	@FunctionalInterface
	private interface Maker {

		@Nullable Object make(ClientCall call, ResolvableType type);

	}

	/** Makes the call and the result. */
	@Nullable Object make(ClientCall call, Type type) {
		return make(call, ResolvableType.forType(type));
	}

	private @Nullable Object make(ClientCall call, ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		for (Kind kind : this.kinds) {
			if (kind.type() == raw) {
				return kind.maker().make(call, type);
			}
		}
		return body(call, type.getType(), call.method().optional());
	}

	private @Nullable Object nothing(ClientCall call, ResolvableType type) {
		raise(call, call.send()).close();
		return null;
	}

	private HttpHeaders headers(ClientCall call, ResolvableType type) {
		try (Response response = raise(call, call.send())) {
			return ResponseInput.headers(response);
		}
	}

	private @Nullable Object body(ClientCall call, Type type, boolean emptyIfNotFound) {
		try (Response response = call.send()) {
			if (response.statusCode() == NOT_FOUND && emptyIfNotFound) {
				return null;
			}
			return this.bodies.read(raise(call, response), type);
		}
	}

	private Optional<?> optional(ClientCall call, ResolvableType type) {
		return Optional.ofNullable(body(call, type.getGeneric(0).getType(), true));
	}

	private ResponseEntity<?> entity(ClientCall call, ResolvableType type) {
		Type body = type.getGeneric(0).getType();
		try (Response response = call.send()) {
			Object value = (body == Void.class) ? null : entityBody(response, body);
			return new ResponseEntity<>(value, ResponseInput.headers(response),
					HttpStatusCode.valueOf(response.statusCode()));
		}
	}

	/**
	 * The body of an error need not be of the type that the method declares; then the
	 * entity has none.
	 */
	private @Nullable Object entityBody(Response response, Type type) {
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

	private InputStream inputStream(ClientCall call, ResolvableType type) {
		return raise(call, call.sendStreamed()).bodyStream();
	}

	private ElementIterator elements(ClientCall call, ResolvableType type) {
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
