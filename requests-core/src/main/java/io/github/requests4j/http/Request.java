package io.github.requests4j.http;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;

/**
 * A request before a session merges its settings into it and prepares it. Immutable.
 * Session methods create requests themselves. Create one explicitly to inspect or change
 * the prepared request before it is sent. <pre>{@code
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
	 * Checks the URL for callers that do not use null checks. A missing URL throws the
	 * same exception as in requests.
	 */
	private static String required(@Nullable String url) {
		if (url == null) {
			throw Urls.missing("The URL of a request must not be null.");
		}
		return url;
	}

	private static CaseInsensitiveHeaders readOnly(CaseInsensitiveHeaders headers) {
		return headers.readOnly("The headers of a request are read-only. Use request.with(...) to create a request with"
				+ " other headers, or change a copy().");
	}

	/**
	 * Creates a request without options.
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
	 * @param options sets the options of the request
	 * @return the request
	 * @throws IllegalArgumentException if the options include any that only affect
	 * sending, such as a timeout
	 */
	public static Request of(String method, String url, Consumer<RequestOptions> options) {
		return build(method, url, new RequestOptions(), options);
	}

	/**
	 * Returns a changed copy of this request.
	 * @param changes sets the changed options; headers, cookies and files are added to
	 * those of this request
	 * @return the changed copy
	 * @throws IllegalArgumentException if the changes include options that only affect
	 * sending
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
	 * Prepares this request without the settings of a session.
	 * @return the prepared request
	 * @throws RequestException if a part of it is not valid
	 */
	public PreparedRequest prepare() {
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepare(this);
		return prepared;
	}

	/**
	 * Returns the method in its original case.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Returns the URL before it is prepared.
	 * @return the URL
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Returns the headers. A null value removes the session's header.
	 * @return the headers, unmodifiable
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * Returns the files to upload.
	 * @return the files, empty for none
	 */
	public List<FilePart> files() {
		return this.files;
	}

	/**
	 * Returns the data of the body.
	 * @return the data, or {@code null} for none
	 */
	public @Nullable Body data() {
		return this.data;
	}

	/**
	 * Returns the value to send as JSON.
	 * @return the value, or {@code null} for none
	 */
	public @Nullable Object json() {
		return this.json;
	}

	/**
	 * Returns the query parameters.
	 * @return the parameters, or {@code null} for none
	 */
	public @Nullable KeyValues params() {
		return this.params;
	}

	/**
	 * Returns the auth.
	 * @return the auth, or {@code null} for none
	 */
	public @Nullable Auth auth() {
		return this.auth;
	}

	/**
	 * Returns the cookies of this request only.
	 * @return the jar, or {@code null} for none
	 */
	public @Nullable CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * Returns the hooks.
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
