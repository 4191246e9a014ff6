package io.github.requests4j.http;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;

/**
 * A request as the caller describes it, before a session merges its settings into it and
 * prepares it. Immutable. A session makes its own; make one by hand to look at it or to
 * change it before it is sent. <pre>{@code
 * Request request = Request.of("GET", "https://api.example.com/items",
 *         (options) -> options.param("q", "tea").header("Accept", "application/json"));
 * Response response = session.send(session.prepareRequest(request));
 * }</pre>
 */
public final class Request {

	private static final CaseInsensitiveHeaders NO_HEADERS = readOnly(new CaseInsensitiveHeaders());

	private final String method;

	private final String url;

	private final CaseInsensitiveHeaders headers;

	private final List<FilePart> files;

	private final @Nullable Body data;

	private final @Nullable Object json;

	private final @Nullable KeyValues params;

	private final @Nullable Auth auth;

	private final @Nullable CookieJar cookies;

	private final Hooks hooks;

	Request(String method, String url, @Nullable CaseInsensitiveHeaders headers, List<FilePart> files,
			@Nullable Body data, @Nullable Object json, @Nullable KeyValues params, @Nullable Auth auth,
			@Nullable CookieJar cookies, Hooks hooks) {
		this.method = Objects.requireNonNull(method, "method");
		this.url = required(url);
		this.headers = (headers != null) ? readOnly(headers) : NO_HEADERS;
		this.files = List.copyOf(files);
		this.data = data;
		this.json = json;
		this.params = params;
		this.auth = auth;
		this.cookies = cookies;
		this.hooks = hooks;
	}

	/**
	 * Where nullness is not checked, a missing URL is an error that requests knows.
	 */
	private static String required(@Nullable String url) {
		if (url == null) {
			throw Urls.missing("A request needs a URL, but it is null");
		}
		return url;
	}

	private static CaseInsensitiveHeaders readOnly(CaseInsensitiveHeaders headers) {
		return headers.readOnly("The headers of a request cannot be changed. Use request.with(...) for a request with"
				+ " other headers, or change a copy.");
	}

	/**
	 * Creates a request with nothing but a method and a URL.
	 * @param method the method, in any case
	 * @param url the URL
	 * @return the request
	 */
	public static Request of(String method, String url) {
		return new RequestOptions().toRequest(method, url);
	}

	/**
	 * Creates a request.
	 * @param method the method, in any case
	 * @param url the URL
	 * @param options sets what is in the request
	 * @return the request
	 * @throws IllegalArgumentException if the options set how it is sent, such as a
	 * timeout, which a request cannot carry
	 */
	public static Request of(String method, String url, Consumer<RequestOptions> options) {
		return build(method, url, new RequestOptions(), options);
	}

	/**
	 * Copies this request and changes the copy.
	 * @param changes sets what is different; headers, cookies and files are added to
	 * those of this request
	 * @return the changed copy
	 * @throws IllegalArgumentException if the changes set how the request is sent
	 */
	public Request with(Consumer<RequestOptions> changes) {
		return build(this.method, this.url, new RequestOptions(this), changes);
	}

	private static Request build(String method, String url, RequestOptions options, Consumer<RequestOptions> changes) {
		changes.accept(options);
		options.requireRequestOnly();
		return options.toRequest(method, url);
	}

	/**
	 * Prepares this request alone, without the settings of a session.
	 * @return the prepared request
	 * @throws RequestException if a part is not valid
	 */
	public PreparedRequest prepare() {
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepare(this);
		return prepared;
	}

	/**
	 * The method, in the case it was given.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The URL as it was given.
	 * @return the URL
	 */
	public String url() {
		return this.url;
	}

	/**
	 * The headers; a null value removes the session's header.
	 * @return the headers, which cannot be changed
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * The files to upload.
	 * @return the files, empty for none
	 */
	public List<FilePart> files() {
		return this.files;
	}

	/**
	 * The data of the body.
	 * @return the data, or {@code null} for none
	 */
	public @Nullable Body data() {
		return this.data;
	}

	/**
	 * The value to send as JSON.
	 * @return the value, or {@code null} for none
	 */
	public @Nullable Object json() {
		return this.json;
	}

	/**
	 * The query parameters.
	 * @return the parameters, or {@code null} for none
	 */
	public @Nullable KeyValues params() {
		return this.params;
	}

	/**
	 * The auth.
	 * @return the auth, or {@code null} for none
	 */
	public @Nullable Auth auth() {
		return this.auth;
	}

	/**
	 * The cookies of this request alone.
	 * @return the jar, or {@code null} for none
	 */
	public @Nullable CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * The hooks.
	 * @return the hooks
	 */
	public Hooks hooks() {
		return this.hooks;
	}

	@Override
	public String toString() {
		return "<Request [" + this.method + "]>";
	}

}
