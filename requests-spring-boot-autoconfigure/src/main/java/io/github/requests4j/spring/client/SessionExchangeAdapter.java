package io.github.requests4j.spring.client;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.Assert;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

import io.github.requests4j.Session;

/**
 * Adapts a {@link Session} to spring-web's
 * {@link org.springframework.web.service.invoker.HttpServiceProxyFactory
 * HttpServiceProxyFactory}. Spring Boot does this for {@link RequestsClient} interfaces.
 * Without Spring Boot, use: <pre>{@code
 * GitHub gitHub = HttpServiceProxyFactory.builderFor(SessionExchangeAdapter.create(session)).build()
 *     .createClient(GitHub.class);
 * }</pre> Thread-safe.
 */
public final class SessionExchangeAdapter implements HttpExchangeAdapter {

	private final Supplier<Session> session;

	private final @Nullable String client;

	/**
	 * Created on the first call, because the beans that it uses may need clients
	 * themselves.
	 */
	private final Supplier<Parts> parts;

	SessionExchangeAdapter(Supplier<Session> session, @Nullable String client, Supplier<ClientSupport> support) {
		this.session = session;
		this.client = client;
		this.parts = new Deferred<>(() -> Parts.of(support.get()));
	}

	/**
	 * Creates an adapter with spring-web's own message converters. Each call that returns
	 * a future runs on a new thread.
	 * @param session the session to call
	 * @return the adapter
	 */
	public static SessionExchangeAdapter create(Session session) {
		Assert.notNull(session, "session must not be null");
		return new SessionExchangeAdapter(() -> session, null, ClientSupport::plain);
	}

	@Override
	public boolean supportsRequestAttributes() {
		return true;
	}

	@Override
	public void exchange(HttpRequestValues values) {
		make(values, Void.class);
	}

	@Override
	public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
		return (HttpHeaders) result(values, HttpHeaders.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return (T) make(values, bodyType.getType());
	}

	@Override
	@SuppressWarnings("unchecked")
	public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
		return (ResponseEntity<Void>) result(values, entityOf(Void.class));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return (ResponseEntity<T>) result(values, entityOf(bodyType.getType()));
	}

	private static Type entityOf(Type body) {
		return ResolvableType.forClassWithGenerics(ResponseEntity.class, ResolvableType.forType(body)).getType();
	}

	private Object result(HttpRequestValues values, Type type) {
		return Objects.requireNonNull(make(values, type));
	}

	private @Nullable Object make(HttpRequestValues values, Type type) {
		Parts known = this.parts.get();
		ClientCall call = new ClientCall(values, known.targets().find(values), this.session.get(), known.writer(),
				this.client, known.versions());
		return known.results().make(call, type);
	}

	/**
	 * The collaborators that convert request values to calls, and responses to results.
	 *
	 * @param targets finds the URL
	 * @param writer writes the body
	 * @param results sends the call and reads its result
	 * @param versions adds API versions to requests, or {@code null}
	 */
	private record Parts(CallTargets targets, BodyWriter writer, ClientResults results,
			@Nullable ApiVersionInserter versions) {

		static Parts of(ClientSupport support) {
			List<HttpMessageConverter<?>> list = new ArrayList<>();
			support.converters().forEach(list::add);
			return new Parts(new CallTargets(support.versions()), new BodyWriter(list),
					new ClientResults(new BodyReader(list), new StreamedBodies(list),
							new ResponseErrors(support.errorMapper()), new AsyncCalls(support.executor())),
					support.versions());
		}

	}

}
