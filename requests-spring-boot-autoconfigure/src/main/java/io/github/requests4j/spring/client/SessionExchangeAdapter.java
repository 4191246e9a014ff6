package io.github.requests4j.spring.client;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.util.Assert;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Lets spring-web's
 * {@link org.springframework.web.service.invoker.HttpServiceProxyFactory
 * HttpServiceProxyFactory} call a {@link Session}. Spring Boot does this for
 * {@link RequestsClient} interfaces; elsewhere: <pre>{@code
 * GitHub gitHub = HttpServiceProxyFactory.builderFor(SessionExchangeAdapter.create(session)).build()
 *     .createClient(GitHub.class);
 * }</pre> Safe for many threads.
 */
public final class SessionExchangeAdapter implements HttpExchangeAdapter {

	private static final int NOT_FOUND = 404;

	private final Supplier<Session> session;

	private final @Nullable String client;

	private final BodyWriter writer;

	private final BodyReader reader;

	private final @Nullable ApiVersionInserter versions;

	private final CallTargets targets;

	SessionExchangeAdapter(Supplier<Session> session, @Nullable String client, HttpMessageConverters converters,
			@Nullable ApiVersionInserter versions) {
		List<HttpMessageConverter<?>> list = new ArrayList<>();
		converters.forEach(list::add);
		this.session = session;
		this.client = client;
		this.writer = new BodyWriter(list);
		this.reader = new BodyReader(list);
		this.versions = versions;
		this.targets = new CallTargets(versions);
	}

	/**
	 * An adapter with spring-web's own message converters.
	 * @param session the session to call
	 * @return the adapter
	 */
	public static SessionExchangeAdapter create(Session session) {
		Assert.notNull(session, "session must not be null");
		return new SessionExchangeAdapter(() -> session, null,
				HttpMessageConverters.forClient().registerDefaults().build(), null);
	}

	@Override
	public boolean supportsRequestAttributes() {
		return true;
	}

	@Override
	public void exchange(HttpRequestValues values) {
		try (Response response = call(values).send()) {
			ResponseErrors.raise(response);
		}
	}

	@Override
	public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
		try (Response response = call(values).send()) {
			return ResponseInput.headers(ResponseErrors.raise(response));
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		Type type = bodyType.getType();
		ClientCall call = call(values);
		if (type == PreparedRequest.class) {
			return (T) call.prepare();
		}
		if (type == Response.class) {
			return (T) call.send();
		}
		try (Response response = call.send()) {
			if (response.statusCode() == NOT_FOUND && call.method().optional()) {
				return null;
			}
			return (T) this.reader.read(ResponseErrors.raise(response), type);
		}
	}

	@Override
	public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
		try (Response response = call(values).send()) {
			return entity(response, null);
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		try (Response response = call(values).send()) {
			return entity(response, (T) readEntity(response, bodyType.getType()));
		}
	}

	/**
	 * The body of an error need not be of the type that the method declares; then the
	 * entity has none.
	 */
	private @Nullable Object readEntity(Response response, Type type) {
		try {
			return this.reader.read(response, type);
		}
		catch (RequestException ex) {
			if (response.ok()) {
				throw ex;
			}
			return null;
		}
	}

	private static <T> ResponseEntity<T> entity(Response response, @Nullable T body) {
		return new ResponseEntity<>(body, ResponseInput.headers(response),
				HttpStatusCode.valueOf(response.statusCode()));
	}

	private ClientCall call(HttpRequestValues values) {
		return new ClientCall(values, this.targets.find(values), this.session.get(), this.writer, this.client,
				this.versions);
	}

}
