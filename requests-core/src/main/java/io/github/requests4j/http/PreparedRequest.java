package io.github.requests4j.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.internal.url.UrlPreparer;
import io.github.requests4j.url.Url;

/**
 * The exact request that will be sent. Mutable, as in requests: an {@link Auth} may
 * change any part of it. The preparation steps are public, so that a part can be prepared
 * again. Not thread-safe. <pre>{@code
 * PreparedRequest request = session.prepareRequest(Request.of("POST", "orders", (o) -> o.json(order)));
 * request.headers().put("X-Signature", sign(request.body().bytes()));
 * Response response = session.send(request);
 * }</pre>
 */
public final class PreparedRequest {

	/**
	 * The idempotent methods: HEAD, GET, PUT, DELETE, OPTIONS and TRACE (RFC 9110 section
	 * 9.2.2).
	 */
	public static final Set<String> IDEMPOTENT_METHODS = Set.of("HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE");

	/**
	 * The header by which a server recognizes a repeated request
	 * (draft-ietf-httpapi-idempotency-key-header).
	 */
	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	static final String CONTENT_TYPE = "Content-Type";

	private static final String AUTHORIZATION = "Authorization";

	private static final String COOKIE = "Cookie";

	private @Nullable String method;

	private @Nullable String url;

	private @Nullable Url parsedUrl;

	private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

	private @Nullable Body body;

	private Hooks hooks = Hooks.NONE;

	private @Nullable CookieJar cookies;

	/** The Cookie header that came from the jar. */
	private @Nullable String jarCookies;

	private @Nullable JsonMapper jsonMapper;

	private @Nullable UnaryOperator<String> settingNames;

	/** The length from which bodies are compressed; negative for never. */
	private long compressFrom = -1;

	/** Whether this class has set the Content-Encoding. */
	private boolean compressed;

	/** The header that this class set for the length; null if the caller set it. */
	private @Nullable String framing;

	private boolean ownAuth;

	private boolean environmentAuth;

	/**
	 * Prepares all parts in the same order as requests: method, URL, headers, cookies,
	 * body, auth, hooks.
	 * @param request the request; settings of a session must already be merged into it
	 * @throws RequestException if a part is not valid
	 * @throws IllegalArgumentException if the method is not a token, or data and files
	 * cannot be combined
	 */
	public void prepare(Request request) {
		try {
			prepareMethod(request.method());
			prepareUrl(request.url(), request.params());
			prepareHeaders(request.headers());
			prepareCookies(request.cookies());
			prepareBody(request.data(), request.files(), request.json());
			prepareAuth(request.auth());
			prepareHooks(request.hooks());
		}
		catch (RequestException ex) {
			ex.attach(this, null);
			throw ex;
		}
	}

	/**
	 * Sets the method, in upper case.
	 * @param method the method, or {@code null} for none
	 * @throws IllegalArgumentException if it has a character that is not allowed in a
	 * method
	 */
	public void prepareMethod(@Nullable String method) {
		this.method = (method != null) ? checkMethod(method.toUpperCase(Locale.ROOT)) : null;
	}

	private static String checkMethod(String method) {
		int bad = HeaderRules.indexOfNonToken(method);
		if (bad >= 0) {
			throw new IllegalArgumentException("Method cannot contain non-token characters: "
					+ PrintableText.quoted(method) + " has one at position " + bad + " (RFC 9110, section 5.6.2)");
		}
		return method;
	}

	/**
	 * Sets the URL, quoted and normalized, with parameters appended.
	 * @param url the URL
	 * @param params the parameters, or {@code null} for none
	 * @throws MissingSchemaException if the URL has no scheme
	 * @throws InvalidUrlException if the URL is not valid
	 */
	public void prepareUrl(String url, @Nullable KeyValues params) {
		try {
			Url prepared = UrlPreparer.prepare(url, (params != null) ? params.encode() : "");
			this.url = prepared.text();
			this.parsedUrl = prepared;
		}
		catch (IllegalArgumentException ex) {
			throw Urls.translate(ex);
		}
	}

	/**
	 * Checks and sets the headers.
	 * @param headers the headers, or {@code null} for none
	 * @throws InvalidHeaderException if a name or value is not allowed, or a value is
	 * null
	 */
	public void prepareHeaders(@Nullable Map<String, ? extends @Nullable String> headers) {
		this.headers = HeaderPreparer.prepare(headers);
		this.framing = null;
		this.compressed = false;
	}

	/**
	 * Sets the Cookie header from a jar, unless there is one already.
	 * @param cookies the jar, or {@code null} for none
	 * @throws UrlRequiredException if there are cookies but no URL to match them with
	 */
	public void prepareCookies(@Nullable CookieJar cookies) {
		this.cookies = cookies;
		if (this.jarCookies != null && !this.headers.containsKey(COOKIE)) {
			this.jarCookies = null;
		}
		if (cookies == null || (cookies.isEmpty() && !cookies.isShared())) {
			return;
		}
		Url target = parsedUrl();
		if (target.host() == null || this.headers.containsKey(COOKIE)) {
			return;
		}
		String value = cookies.cookieHeader(target);
		if (value != null) {
			HeaderPreparer.check(COOKIE, value);
			this.headers.put(COOKIE, value);
			this.jarCookies = value;
		}
	}

	/**
	 * Sets the body and its Content-Length or Transfer-Encoding and Content-Type.
	 * @param data the data, or {@code null} for none
	 * @param files the files, empty for none
	 * @param json a value to send as JSON, used only if there is no data; {@code null}
	 * for none
	 * @throws IllegalArgumentException if data and files cannot be combined
	 * @throws InvalidJsonException if the value cannot be written as JSON
	 * @throws InvalidHeaderException if the headers make the length of the body ambiguous
	 * @throws UnrewindableBodyException if the data was sent before and can be sent only
	 * once
	 * @throws RequestException if a file cannot be read
	 */
	public void prepareBody(@Nullable Body data, List<FilePart> files, @Nullable Object json) {
		try {
			Body given = (data == null || data.isAbsent()) ? null : data;
			Body prepared = files.isEmpty() ? single(given, json) : Body.multipart(given, files);
			if (prepared != null) {
				prepared.prepare();
			}
			prepared = compress(prepared);
			prepareContentLength(prepared);
			// After the length, as in requests
			prepareContentType(prepared);
			RequestFraming.check(this.headers, prepared);
			this.body = prepared;
		}
		catch (RequestException ex) {
			ex.attach(this, null);
			throw ex;
		}
	}

	private @Nullable Body compress(@Nullable Body prepared) {
		if (this.compressed) {
			// Of an earlier body
			this.headers.remove(BodyCompression.CONTENT_ENCODING);
			this.compressed = false;
		}
		if (prepared == null || this.compressFrom < 0) {
			return prepared;
		}
		Body smaller = BodyCompression.apply(prepared, this.headers, this.compressFrom);
		this.compressed = smaller != prepared;
		return smaller;
	}

	private @Nullable Body single(@Nullable Body data, @Nullable Object json) {
		if (data != null || json == null) {
			return data;
		}
		return Body.of(JsonBody.write(json, this.jsonMapper)).withContentType(JsonBody.CONTENT_TYPE);
	}

	private void prepareContentType(@Nullable Body prepared) {
		String type = (prepared != null) ? prepared.contentType() : null;
		if (type != null && !this.headers.containsKey(CONTENT_TYPE)) {
			HeaderPreparer.check(CONTENT_TYPE, type);
			this.headers.put(CONTENT_TYPE, type);
		}
	}

	/**
	 * Sets Content-Length or, for a body of unknown length, Transfer-Encoding. A header
	 * that an earlier call set is replaced. A Content-Length that the caller set is
	 * replaced if the length is known. For a body of unknown length it is kept, and
	 * exactly that many bytes are sent. A Transfer-Encoding that the caller set is kept.
	 * @param body the body, or {@code null} for none
	 */
	public void prepareContentLength(@Nullable Body body) {
		this.framing = RequestFraming.setHeaders(this.headers, this.method, body, this.framing);
	}

	/**
	 * Applies an auth to this request and then updates the length headers for the
	 * resulting body. Without an auth, credentials in the URL are used, unless there is
	 * already an Authorization header.
	 * @param auth the auth, or {@code null} to use credentials in the URL
	 */
	public void prepareAuth(@Nullable Auth auth) {
		this.ownAuth = auth != null;
		this.environmentAuth = false;
		if (auth == null) {
			if (this.url != null && parsedUrl().userinfo() != null && !this.headers.containsKey(AUTHORIZATION)) {
				useCredentials(BasicCredentials.of(parsedUrl()));
			}
			return;
		}
		@Nullable PreparedRequest applied = auth.apply(this);
		if (applied == null) {
			throw new IllegalStateException(
					"An auth must return the request to send, but " + auth.getClass().getName() + " returned null.");
		}
		if (applied != this) {
			copyFrom(applied);
			this.ownAuth = true;
		}
		prepareContentLength(this.body);
	}

	/**
	 * Applies an auth of the environment, such as netrc, that neither the caller nor the
	 * session set.
	 * @param auth the auth of the environment
	 */
	public void prepareEnvironmentAuth(Auth auth) {
		prepareAuth(auth);
		this.ownAuth = false;
		this.environmentAuth = true;
	}

	/**
	 * Returns whether the caller or the session set how this request authenticates: with
	 * an auth, an {@code Authorization} header or credentials in the URL. A redirect of
	 * such a request never uses credentials of netrc.
	 * @return false if it is anonymous or uses credentials of the environment
	 */
	public boolean hasOwnAuth() {
		return this.ownAuth || (!this.environmentAuth && this.headers.containsKey(AUTHORIZATION));
	}

	/**
	 * Returns whether the caller set or removed the {@code Cookie} header, which
	 * otherwise has the cookies of the jar at the time when the request was prepared. An
	 * adapter that sends the request to another host may only replace cookies of the jar.
	 * @return {@code false} if the header came from the jar, or if the jar had no cookies
	 */
	public boolean hasOwnCookies() {
		return !Objects.equals(this.headers.get(COOKIE), this.jarCookies);
	}

	private void useCredentials(@Nullable BasicCredentials ofUrl) {
		if (ofUrl != null) {
			this.headers.put(AUTHORIZATION, ofUrl.headerValue());
		}
	}

	private void copyFrom(PreparedRequest other) {
		this.method = other.method;
		this.url = other.url;
		this.parsedUrl = other.parsedUrl;
		this.headers = other.headers;
		this.body = other.body;
		this.hooks = other.hooks;
		this.cookies = other.cookies;
		this.jarCookies = other.jarCookies;
		this.jsonMapper = other.jsonMapper;
		this.settingNames = other.settingNames;
		this.compressFrom = other.compressFrom;
		this.compressed = other.compressed;
		this.framing = other.framing;
		this.ownAuth = other.hasOwnAuth();
		this.environmentAuth = other.environmentAuth;
	}

	/**
	 * Adds hooks after existing ones, such as those of an auth, so that a caller's hook
	 * receives the final response.
	 * @param hooks the hooks
	 */
	public void prepareHooks(Hooks hooks) {
		this.hooks = this.hooks.followedBy(Objects.requireNonNull(hooks, "hooks"));
	}

	/**
	 * Adds a response hook.
	 * @param event the event, which is {@code "response"}
	 * @param hook the hook
	 * @throws IllegalArgumentException if the event has another name
	 */
	public void registerHook(String event, ResponseHook hook) {
		Hooks.checkEvent(event);
		this.hooks = this.hooks.with(hook);
	}

	/**
	 * Adds response hooks. Null elements are ignored.
	 * @param event the event, which is {@code "response"}
	 * @param hooks the hooks in order
	 * @throws IllegalArgumentException if the event has another name
	 */
	public void registerHooks(String event, Iterable<? extends @Nullable ResponseHook> hooks) {
		Hooks.checkEvent(event);
		for (ResponseHook hook : hooks) {
			if (hook != null) {
				this.hooks = this.hooks.with(hook);
			}
		}
	}

	/**
	 * Removes a response hook.
	 * @param event the event, which is {@code "response"}
	 * @param hook the hook
	 * @return whether it was present
	 * @throws IllegalArgumentException if the event has another name
	 */
	public boolean deregisterHook(String event, ResponseHook hook) {
		Hooks.checkEvent(event);
		Hooks before = this.hooks;
		this.hooks = before.without(hook);
		return this.hooks != before;
	}

	/**
	 * Returns the method in upper case.
	 * @return the method, or {@code null} if not set
	 */
	public @Nullable String method() {
		return this.method;
	}

	/**
	 * Sets the method, in upper case.
	 * @param method the method
	 */
	public void method(String method) {
		this.method = checkMethod(method.toUpperCase(Locale.ROOT));
	}

	/**
	 * Returns the whole URL, including user information and fragment.
	 * @return the URL, or {@code null} if not set
	 */
	public @Nullable String url() {
		return this.url;
	}

	/**
	 * Sets the URL without preparing it. The request target is still encoded when it is
	 * sent.
	 * @param url the URL
	 */
	public void url(String url) {
		this.url = Objects.requireNonNull(url, "url");
		this.parsedUrl = null;
	}

	/**
	 * Sets a parsed URL, such as the target of a redirect, without preparing it.
	 * @param url the URL
	 */
	public void url(Url url) {
		this.url = url.text();
		this.parsedUrl = url;
	}

	/**
	 * Returns the parsed URL.
	 * @return the parsed URL
	 * @throws UrlRequiredException if no URL is set
	 * @throws InvalidUrlException if the URL was set without preparing it and cannot be
	 * parsed
	 */
	public Url parsedUrl() {
		Url parsed = this.parsedUrl;
		if (parsed == null) {
			if (this.url == null) {
				throw Urls.missing("The request has no URL. Prepare or set one first.");
			}
			parsed = Urls.split(this.url);
			this.parsedUrl = parsed;
		}
		return parsed;
	}

	/**
	 * Returns path and query, without the fragment. The request line contains
	 * {@link Url#requestTarget()} instead, which is encoded even if the URL was not
	 * prepared.
	 * @return path and query
	 */
	public String pathUrl() {
		return parsedUrl().pathUrl();
	}

	/**
	 * Returns the headers, which may be changed.
	 * @return the headers
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * Returns the body.
	 * @return the body, or {@code null} for none
	 */
	public @Nullable Body body() {
		return this.body;
	}

	/**
	 * Sets the body without changing the headers. Call {@link #prepareContentLength} to
	 * update them.
	 * @param body the body, or {@code null} for none
	 */
	public void body(@Nullable Body body) {
		this.body = body;
	}

	/**
	 * Sets the mapper for JSON bodies. Called by sessions before the body is prepared.
	 * @param mapper the mapper, or {@code null} for the default one
	 */
	public void jsonMapper(@Nullable JsonMapper mapper) {
		this.jsonMapper = mapper;
	}

	/**
	 * Sets from which length {@link #prepareBody} compresses the body with gzip. Called
	 * by sessions before the body is prepared.
	 * @param length the length in bytes, or a negative number for never
	 * @see io.github.requests4j.Session.Builder#compressBodies
	 */
	public void compressFrom(long length) {
		this.compressFrom = length;
	}

	/**
	 * Sets how messages name the settings of the session that prepares this request.
	 * @param names returns what to call a setting, or {@code null} for the names of
	 * methods
	 */
	public void settingNames(@Nullable UnaryOperator<String> names) {
		this.settingNames = names;
	}

	/** A message with the names of settings that the session's user knows. */
	String withSettingNames(String message) {
		return (this.settingNames != null) ? SettingNames.replace(message, this.settingNames) : message;
	}

	/**
	 * Checks names and values of all headers, and that the length of the body is not
	 * ambiguous. Called by adapters before sending, because headers may have been changed
	 * since they were prepared.
	 * @throws InvalidHeaderException if one of them must not be sent
	 */
	public void checkHeaders() {
		HeaderPreparer.check(this.headers);
		RequestFraming.check(this.headers, this.body);
	}

	/**
	 * Returns the hooks.
	 * @return the hooks
	 */
	public Hooks hooks() {
		return this.hooks;
	}

	/**
	 * Returns the jar from which the Cookie header was created. Redirects use it to
	 * create a new header.
	 * @return the jar, or {@code null} if cookies were never prepared
	 */
	public @Nullable CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * Returns whether the request can safely be sent again: its method is idempotent or
	 * it has an {@code Idempotency-Key}, and its body can be sent again.
	 * @return {@code true} if it can be repeated even if the server has already processed
	 * it
	 */
	public boolean isRepeatable() {
		return this.method != null
				&& (IDEMPOTENT_METHODS.contains(this.method) || this.headers.containsKey(IDEMPOTENCY_KEY))
				&& hasRewindableBody();
	}

	/**
	 * Returns whether the body can be sent again from the start.
	 * @return {@code true} if it can, or if there is no body
	 */
	public boolean hasRewindableBody() {
		return this.body == null || this.body.isRewindable();
	}

	/**
	 * Copies this request: headers and cookie jar are copied, body and hooks are shared.
	 * @return the copy
	 */
	public PreparedRequest copy() {
		PreparedRequest copy = new PreparedRequest();
		copy.copyFrom(this);
		copy.headers = this.headers.copy();
		copy.cookies = (this.cookies != null) ? this.cookies.copy() : null;
		return copy;
	}

	/**
	 * Returns this request as a curl command, with credentials and cookies masked.
	 * @return the command, on one line
	 */
	public String toCurl() {
		return CurlCommand.masked(this);
	}

	/**
	 * Returns this request as a curl command, including secrets. Do not log it.
	 * @return the command, on one line
	 */
	public String toCurlWithSecrets() {
		return CurlCommand.complete(this);
	}

	@Override
	public String toString() {
		return "<PreparedRequest [" + this.method + "]>";
	}

}
