package io.github.requests4j;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.internal.url.UriTemplate;

/**
 * The keyword arguments of requests as methods, for one call. Handed to the lambda of a
 * call; for one thread, and not to be kept. <pre>{@code
 * session.post("orders", (request) -> request.param("dry-run", true)
 *     .header("Idempotency-Key", key)
 *     .json(order)
 *     .timeout(Duration.ofSeconds(2), Duration.ofSeconds(10)));
 * }</pre>
 */
public final class RequestOptions extends SendingOptions<RequestOptions> {

	static final Consumer<RequestOptions> NOTHING = (options) -> {
	};

	static final Consumer<RequestOptions> NO_REDIRECTS = (options) -> options.allowRedirects(false);

	private final List<FilePart> files = new ArrayList<>(0);

	private final Map<String, Object> uriVariables = new LinkedHashMap<>(0);

	private @Nullable KeyValues params;

	private @Nullable Body data;

	private @Nullable Object json;

	private @Nullable CaseInsensitiveHeaders headers;

	private @Nullable CookieJar cookies;

	private @Nullable Auth auth;

	private Hooks hooks = Hooks.NONE;

	RequestOptions() {
	}

	@Override
	RequestOptions self() {
		return this;
	}

	/**
	 * Adds a query parameter.
	 * @param name the name
	 * @param value the value; a collection repeats the name, {@code null} removes the
	 * session's
	 * @return these options
	 */
	public RequestOptions param(String name, @Nullable Object value) {
		this.params = ((this.params != null) ? this.params : KeyValues.empty()).plus(name, value);
		return this;
	}

	/**
	 * Adds query parameters.
	 * @param params names and values, in order
	 * @return these options
	 */
	public RequestOptions params(Map<String, ?> params) {
		params.forEach(this::param);
		return this;
	}

	/**
	 * Sets text as the query, only quoted, in place of parameters before (behaviour 51).
	 * @param text the text, such as {@code a=1&b=2}
	 * @return these options
	 */
	public RequestOptions params(String text) {
		return params(KeyValues.fromText(text));
	}

	/**
	 * Sets the query parameters, in place of those before.
	 * @param params the parameters
	 * @return these options
	 */
	public RequestOptions params(KeyValues params) {
		this.params = params;
		return this;
	}

	/**
	 * Sets the body.
	 * @param body the body, or {@code null} for none
	 * @return these options
	 */
	public RequestOptions data(@Nullable Body body) {
		this.data = body;
		return this;
	}

	/**
	 * Sets a form as the body, or the fields beside the files (behaviours 68, 92).
	 * @param fields names and values
	 * @return these options
	 */
	public RequestOptions data(Map<String, ?> fields) {
		return data(Body.form(fields));
	}

	/**
	 * Sets a form as the body, or the fields beside the files.
	 * @param fields the fields, names may repeat
	 * @return these options
	 */
	public RequestOptions data(KeyValues fields) {
		return data(Body.form(fields));
	}

	/**
	 * Sets text as the body, sent as UTF-8 (behaviour 66).
	 * @param text the text
	 * @return these options
	 */
	public RequestOptions data(String text) {
		return data(Body.of(text));
	}

	/**
	 * Sets bytes as the body.
	 * @param bytes the bytes; not copied
	 * @return these options
	 */
	public RequestOptions data(byte[] bytes) {
		return data(Body.of(bytes));
	}

	/**
	 * Sets a stream as the body, sent from its current position (behaviours 74, 77).
	 * @param stream the stream; not closed
	 * @return these options
	 */
	public RequestOptions data(InputStream stream) {
		return data(Body.of(stream));
	}

	/**
	 * Sets a file as the body.
	 * @param file the file
	 * @return these options
	 */
	public RequestOptions data(Path file) {
		return data(Body.of(file));
	}

	/**
	 * Sets items as the body, one chunk each (behaviour 79).
	 * @param items text or byte arrays
	 * @return these options
	 */
	public RequestOptions data(Iterator<?> items) {
		return data(Body.of(items));
	}

	/**
	 * Sets a value to send as JSON when there is no other data (behaviour 85).
	 * @param value anything that Jackson can write; {@code null} for none
	 * @return these options
	 */
	public RequestOptions json(@Nullable Object value) {
		this.json = value;
		return this;
	}

	/**
	 * Sets a header.
	 * @param name the name
	 * @param value the value; {@code null} leaves out the session's (behaviour 20)
	 * @return these options
	 */
	public RequestOptions header(String name, @Nullable String value) {
		headers().put(name, value);
		return this;
	}

	/**
	 * Sets headers.
	 * @param headers names and values; null values leave out the session's
	 * @return these options
	 */
	public RequestOptions headers(Map<String, ? extends @Nullable String> headers) {
		headers().putAll(headers);
		return this;
	}

	/**
	 * Adds a cookie for this call and its own host only (difference row 104).
	 * @param name the name
	 * @param value the value; {@code null} sends the bare name
	 * @return these options
	 */
	public RequestOptions cookie(String name, @Nullable String value) {
		cookieJar().setCookie(Cookie.create(name, value));
		return this;
	}

	/**
	 * Adds cookies for this call.
	 * @param cookies names and values
	 * @return these options
	 */
	public RequestOptions cookies(Map<String, String> cookies) {
		cookies.forEach(this::cookie);
		return this;
	}

	/**
	 * Adds the cookies of a jar for this call.
	 * @param jar the jar, which is not changed
	 * @return these options
	 */
	public RequestOptions cookies(CookieJar jar) {
		cookieJar().update(jar);
		return this;
	}

	/**
	 * Adds a file to upload, under the name it has on disk.
	 * @param name the name of the form field
	 * @param file the file
	 * @return these options
	 */
	public RequestOptions file(String name, Path file) {
		return files(FilePart.of(name, file));
	}

	/**
	 * Adds files to upload; the body is then multipart (behaviours 90-101).
	 * @param parts the files
	 * @return these options
	 */
	public RequestOptions files(FilePart... parts) {
		this.files.addAll(Arrays.asList(parts));
		return this;
	}

	/**
	 * Authenticates with HTTP Basic.
	 * @param username the user name
	 * @param password the password
	 * @return these options
	 */
	public RequestOptions auth(String username, String password) {
		return auth(new HttpBasicAuth(username, password));
	}

	/**
	 * Sets the auth.
	 * @param auth the auth; {@code null} for the session's
	 * @return these options
	 */
	public RequestOptions auth(@Nullable Auth auth) {
		this.auth = auth;
		return this;
	}

	/**
	 * Adds a response hook; the hooks of a request replace those of the session
	 * (behaviour 237).
	 * @param hook the hook
	 * @return these options
	 */
	public RequestOptions hook(ResponseHook hook) {
		this.hooks = this.hooks.with(hook);
		return this;
	}

	/**
	 * Sets the response hooks.
	 * @param hooks the hooks
	 * @return these options
	 */
	public RequestOptions hooks(Hooks hooks) {
		this.hooks = hooks;
		return this;
	}

	/**
	 * Fills a {@code {name}} of the URL; the value is encoded whole, so it cannot leave
	 * its place.
	 * @param name the name
	 * @param value the value
	 * @return these options
	 */
	public RequestOptions uriVariable(String name, Object value) {
		this.uriVariables.put(name, value);
		return this;
	}

	/**
	 * Fills the {@code {name}}s of the URL.
	 * @param variables names and values
	 * @return these options
	 */
	public RequestOptions uriVariables(Map<String, ?> variables) {
		this.uriVariables.putAll(variables);
		return this;
	}

	Request toRequest(String method, String url) {
		Request.Builder request = Request.builder(method, expand(url));
		if (this.headers != null) {
			request.headers(this.headers);
		}
		for (FilePart part : this.files) {
			request.files(part);
		}
		return request.params(this.params)
			.data(this.data)
			.json(this.json)
			.cookies(this.cookies)
			.auth(this.auth)
			.hooks(this.hooks)
			.build();
	}

	private String expand(String url) {
		if (this.uriVariables.isEmpty()) {
			return url;
		}
		if (!hasUriTemplate()) {
			int query = url.indexOf('?');
			uriTemplate((query >= 0) ? url.substring(0, query) : url);
		}
		return UriTemplate.parse(url).expand(this.uriVariables);
	}

	private CaseInsensitiveHeaders headers() {
		if (this.headers == null) {
			this.headers = new CaseInsensitiveHeaders();
		}
		return this.headers;
	}

	private CookieJar cookieJar() {
		if (this.cookies == null) {
			this.cookies = new CookieJar();
		}
		return this.cookies;
	}

}
