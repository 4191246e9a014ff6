package io.github.requests4j.spring.restclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

import io.github.requests4j.Session;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UriTemplate;
import io.github.requests4j.spring.internal.http.CallbackSource;

/**
 * One request of Spring's client that is sent by a session. For one thread.
 */
final class SessionRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {

	/** The attribute in which RestClient stores the URI template. */
	private static final String TEMPLATE = RestClient.class.getName() + ".uriTemplate";

	/** Keeps the caller's header, which the session's auth would replace. */
	private static final Auth OWN_HEADER = (request) -> request;

	private final Session session;

	private final URI uri;

	private final HttpMethod method;

	private @Nullable ByteArrayOutputStream written;

	private byte @Nullable [] bytes;

	private @Nullable Body callback;

	SessionRequest(Session session, URI uri, HttpMethod method) {
		this.session = session;
		this.uri = uri;
		this.method = method;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		Assert.state(this.bytes == null && this.callback == null, "Call either getBody or setBody, not both.");
		if (this.written == null) {
			this.written = new ByteArrayOutputStream();
		}
		return this.written;
	}

	@Override
	public void setBody(Body body) {
		requireUnwritten();
		this.callback = body;
		this.bytes = null;
	}

	/**
	 * Sets bytes, whose length is known. A callback has a length only if the headers
	 * contain it.
	 */
	@Override
	public void setBody(byte[] body) {
		requireUnwritten();
		this.bytes = body;
		this.callback = null;
	}

	private void requireUnwritten() {
		assertNotExecuted();
		Assert.state(this.written == null, "Call either getBody or setBody, not both.");
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		Response response;
		try {
			response = send(headers);
		}
		catch (RequestException ex) {
			throw TransportErrors.of(ex);
		}
		return new SessionResponse(response);
	}

	/** Sends the request. A session has a different redirect default for HEAD. */
	private Response send(HttpHeaders headers) {
		String url = this.uri.toString();
		return this.method.equals(HttpMethod.HEAD) ? this.session.head(url, (options) -> fill(options, headers))
				: this.session.request(this.method.name(), url, (options) -> fill(options, headers));
	}

	private void fill(RequestOptions options, HttpHeaders headers) {
		options.stream(true);
		if (getAttributes().get(TEMPLATE) instanceof String template) {
			options.uriTemplate(UriTemplate.withoutQuery(template));
		}
		fillBody(options, headers);
		// Without this view, HttpHeaders copies all names before it visits them.
		HttpHeaders.readOnlyHttpHeaders(headers).forEach((name, values) -> addHeader(options, name, values));
		if (headers.containsHeader(HttpHeaders.AUTHORIZATION)) {
			options.auth(OWN_HEADER);
		}
	}

	private void fillBody(RequestOptions options, HttpHeaders headers) {
		if (this.callback != null) {
			options.data(CallbackSource.body(this.callback, headers.getContentLength()));
		}
		else if (this.bytes != null) {
			options.data(this.bytes);
		}
		else if (this.written != null) {
			options.data(this.written.toByteArray());
		}
	}

	/** Adds a header, except for those that the session sets for the body itself. */
	private static void addHeader(RequestOptions options, String name, List<String> values) {
		if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)
				&& !name.equalsIgnoreCase(HttpHeaders.TRANSFER_ENCODING)) {
			String separator = name.equalsIgnoreCase(HttpHeaders.COOKIE) ? "; " : ", ";
			String value = (values.size() == 1) ? values.get(0)
					: StringUtils.collectionToDelimitedString(values, separator);
			// A null value would remove the session's own header
			options.header(name, (value != null) ? value : "");
		}
	}

}
