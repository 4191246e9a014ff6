package io.github.requests4j.spring.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.invoker.HttpRequestValues;

import io.github.requests4j.Paging;
import io.github.requests4j.Session;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UrlText;

/**
 * One call of a client method, which applies its annotations and arguments to a request
 * of a session. For one thread.
 */
final class ClientCall implements Consumer<RequestOptions> {

	private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

	private final HttpRequestValues values;

	private final ClientMethod method;

	private final CallTargets.Target target;

	private final Session session;

	private final BodyWriter writer;

	private final @Nullable String client;

	private final @Nullable ApiVersionInserter versions;

	ClientCall(HttpRequestValues values, CallTargets.Target target, Session session, BodyWriter writer,
			@Nullable String client, @Nullable ApiVersionInserter versions) {
		this.values = values;
		this.method = (values.getAttributes().get(ClientMethod.ATTRIBUTE) instanceof ClientMethod known) ? known
				: ClientMethod.UNKNOWN;
		this.target = target;
		this.session = session;
		this.writer = writer;
		this.client = client;
		this.versions = versions;
	}

	/** Sends the request and reads the body. */
	Response send() {
		return send(this);
	}

	/**
	 * Sends the request and leaves the body to the caller, who must close the response.
	 */
	Response sendStreamed() {
		return send(andThen((options) -> options.stream(true)));
	}

	/**
	 * Sends the request and leaves the events after the given one to the caller. The id
	 * is sent in UTF-8, as browsers do.
	 */
	Response sendStreamed(String lastEventId) {
		return send(andThen((options) -> {
			options.stream(true);
			if (!lastEventId.isEmpty()) {
				byte[] id = lastEventId.strip().getBytes(StandardCharsets.UTF_8);
				options.header("Last-Event-ID", new String(id, StandardCharsets.ISO_8859_1));
			}
		}));
	}

	/** Returns the requested page and those after it. */
	Stream<Response> pages(Paging paging) {
		requireBaseUrl();
		return this.session.pages(this.target.url(), paging, this);
	}

	private Response send(Consumer<RequestOptions> options) {
		requireBaseUrl();
		String method = httpMethod();
		return method.equals("HEAD") ? this.session.head(this.target.url(), options)
				: this.session.request(method, this.target.url(), options);
	}

	/**
	 * Requires a base URL for a relative path. The check is made for each call, because a
	 * customizer may set the base URL. The exception names the missing property, which
	 * the session itself does not know.
	 */
	private void requireBaseUrl() {
		String name = this.session.name();
		String url = this.target.url();
		if (name != null && this.session.baseUrl() == null && !ABSOLUTE.matcher(url).lookingAt()) {
			throw new MissingSchemaException("Invalid URL " + UrlText.quoted(url)
					+ ": No scheme supplied. The path of the method is relative, and the session '" + name
					+ "' has no base URL. Set requests.sessions." + name + ".base-url.");
		}
	}

	/** Returns the context of the call, which names the client. */
	CallContext context() {
		return new CallContext(this.session.name(), client(), this.target.template(), List.of());
	}

	PreparedRequest prepare() {
		requireBaseUrl();
		return this.session.prepare(httpMethod(), this.target.url(), this);
	}

	ClientMethod method() {
		return this.method;
	}

	private @Nullable String client() {
		return (this.method.client() != null) ? this.method.client() : this.client;
	}

	private String httpMethod() {
		if (this.values.getHttpMethod() == null) {
			throw new IllegalArgumentException(
					"The client method has no HTTP method. Use an annotation such as @GetExchange,"
							+ " @HttpExchange(method = ...), or an argument of type HttpMethod.");
		}
		return this.values.getHttpMethod().name();
	}

	@Override
	public void accept(RequestOptions options) {
		String caller = client();
		if (caller != null) {
			options.client(caller);
		}
		if (this.target.template() != null) {
			options.uriTemplate(this.target.template());
		}
		options.params(this.target.params());
		headersAndBody(options);
		// A jar stores one cookie for each name, so several values are sent as one
		this.values.getCookies().forEach((name, all) -> options.cookie(name, String.join("; " + name + "=", all)));
		this.method.apply(options, this.values.getHeaders(), this.session);
		for (Object attribute : this.values.getAttributes().values()) {
			if (attribute instanceof CallOptionArgumentResolver.CallOption option) {
				option.accept(options);
			}
		}
	}

	private void headersAndBody(RequestOptions options) {
		Object body = this.values.getBodyValue();
		boolean mayChange = body != null || this.versions != null || this.method.events();
		HttpHeaders headers = mayChange ? HttpHeaders.copyOf(this.values.getHeaders()) : this.values.getHeaders();
		if (this.versions != null && this.values.getApiVersion() != null) {
			this.versions.insertVersion(this.values.getApiVersion(), headers);
		}
		if (this.method.events() && headers.getAccept().isEmpty()) {
			headers.setAccept(List.of(MediaType.TEXT_EVENT_STREAM));
		}
		if (body != null) {
			writeBody(body, headers, options);
		}
		// Without this view, HttpHeaders copies all names before it visits them.
		HttpHeaders.readOnlyHttpHeaders(headers).forEach((name, all) -> options.header(name, joined(name, all)));
	}

	private static String joined(String name, List<String> values) {
		return (values.size() == 1) ? values.get(0)
				: String.join(name.equalsIgnoreCase(HttpHeaders.COOKIE) ? "; " : ", ", values);
	}

	private void writeBody(Object body, HttpHeaders headers, RequestOptions options) {
		ParameterizedTypeReference<?> type = this.values.getBodyValueType();
		try {
			this.writer.write(body, (type != null) ? ResolvableType.forType(type.getType()) : null, headers, options);
		}
		catch (HttpMessageConversionException ex) {
			throw new RequestException(describe() + ": the body of type " + body.getClass().getName()
					+ " could not be written: " + ex.getMostSpecificCause().getMessage(), ex);
		}
	}

	/**
	 * Returns the description of this call for a message about a request that could not
	 * be built.
	 */
	private String describe() {
		PreparedRequest bare = this.session.prepare(httpMethod(), this.target.url(), (options) -> {
		});
		return httpMethod() + " " + UrlText.printable(String.valueOf(bare.url()));
	}

}
