package io.github.requests4j.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.url.KeyValues;
import io.github.requests4j.http.url.Url;

/**
 * The exact request that will be sent. Mutable, as in requests: an {@link Auth} may
 * change any part of it. The steps of preparing are public, so that a part can be
 * prepared anew. For one thread at a time.
 */
public final class PreparedRequest {

	private @Nullable String method;

	private @Nullable String url;

	private @Nullable Url parsedUrl;

	private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

	private @Nullable Body body;

	private Hooks hooks = Hooks.NONE;

	private @Nullable CookieJar cookies;

	/**
	 * Prepares everything, in the order of requests: method, URL, headers, cookies, body,
	 * auth, hooks (behaviour 55).
	 * @param request the request; settings of a session must already be merged into it
	 * @throws RequestException if a part is not valid
	 */
	public void prepare(Request request) {
		prepareMethod(request.method());
		prepareUrl(request.url(), request.params());
		prepareHeaders(request.headers());
		prepareCookies(request.cookies());
		prepareBody(request.data(), request.files(), request.json());
		prepareAuth(request.auth());
		prepareHooks(request.hooks());
	}

	/**
	 * Sets the method, in upper case (behaviour 5).
	 * @param method the method, or {@code null} for none
	 * @throws IllegalArgumentException if it has a character that is not allowed in a
	 * method (behaviour 6)
	 */
	public void prepareMethod(@Nullable String method) {
		this.method = (method != null) ? MethodPreparer.prepare(method) : null;
	}

	/**
	 * Sets the URL, quoted and normalised, with parameters appended (behaviours 23-53).
	 * @param url the URL
	 * @param params the parameters, or {@code null} for none
	 * @throws MissingSchemaException if the URL has no scheme
	 * @throws InvalidUrlException if the URL cannot be used
	 */
	public void prepareUrl(String url, @Nullable KeyValues params) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets the headers, checked (behaviours 60-65).
	 * @param headers the headers, or {@code null} for none
	 * @throws InvalidHeaderException if a name or value is not allowed, or a value is
	 * null
	 */
	public void prepareHeaders(@Nullable Map<String, ? extends @Nullable String> headers) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets the Cookie header from a jar, unless there is one already (behaviours 102,
	 * 123).
	 * @param cookies the jar, or {@code null} for none
	 */
	public void prepareCookies(@Nullable CookieJar cookies) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets the body with its Content-Length or Transfer-Encoding and Content-Type
	 * (behaviours 66-101).
	 * @param data the data, or {@code null} for none
	 * @param files the files, empty for none
	 * @param json a value to send as JSON, used only when there is no data; {@code null}
	 * for none
	 * @throws IllegalArgumentException if data and files do not go together
	 * @throws InvalidJsonException if the value cannot be written as JSON
	 */
	public void prepareBody(@Nullable Body data, List<FilePart> files, @Nullable Object json) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets Content-Length from a body (behaviours 71, 72, 84).
	 * @param body the body, or {@code null} for none
	 */
	public void prepareContentLength(@Nullable Body body) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Lets an auth change this request; without one, credentials in the URL are used
	 * (behaviours 125-131).
	 * @param auth the auth, or {@code null} to look at the URL
	 */
	public void prepareAuth(@Nullable Auth auth) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets the hooks.
	 * @param hooks the hooks
	 */
	public void prepareHooks(Hooks hooks) {
		this.hooks = Objects.requireNonNull(hooks, "hooks");
	}

	/**
	 * Adds a response hook.
	 * @param event the event, which is {@code "response"}
	 * @param hook the hook
	 * @throws IllegalArgumentException if the event has another name (behaviour 234)
	 */
	public void registerHook(String event, ResponseHook hook) {
		Hooks.checkEvent(event);
		this.hooks = this.hooks.with(hook);
	}

	/**
	 * Takes a response hook out.
	 * @param event the event, which is {@code "response"}
	 * @param hook the hook
	 * @return whether it was there
	 * @throws IllegalArgumentException if the event has another name
	 */
	public boolean deregisterHook(String event, ResponseHook hook) {
		Hooks.checkEvent(event);
		Hooks before = this.hooks;
		this.hooks = before.without(hook);
		return this.hooks != before;
	}

	/**
	 * The method in upper case.
	 * @return the method, or {@code null} if not set
	 */
	public @Nullable String method() {
		return this.method;
	}

	/**
	 * Sets the method as it is.
	 * @param method the method
	 */
	public void method(String method) {
		this.method = MethodPreparer.check(method.toUpperCase(Locale.ROOT));
	}

	/**
	 * The whole URL, with user information and fragment where the caller gave them.
	 * @return the URL, or {@code null} if not set
	 */
	public @Nullable String url() {
		return this.url;
	}

	/**
	 * Sets the URL as it is, without preparing it; the target is still encoded when it is
	 * sent (behaviour 46).
	 * @param url the URL
	 */
	public void url(String url) {
		this.url = Objects.requireNonNull(url, "url");
		this.parsedUrl = null;
	}

	/**
	 * The parts of the URL.
	 * @return the parsed URL
	 * @throws UrlRequiredException if no URL is set
	 * @throws InvalidUrlException if the URL was set by hand and cannot be parsed
	 */
	public Url parsedUrl() {
		throw new UnsupportedOperationException();
	}

	/**
	 * What the request line asks for: path and query, without the fragment (behaviour
	 * 44).
	 * @return the path URL
	 */
	public String pathUrl() {
		return parsedUrl().requestTarget();
	}

	/**
	 * The headers, to be changed in place.
	 * @return the headers
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * The body.
	 * @return the body, or {@code null} for none
	 */
	public @Nullable Body body() {
		return this.body;
	}

	/**
	 * Sets the body as it is; {@link #prepareContentLength} brings the header in line.
	 * @param body the body, or {@code null} for none
	 */
	public void body(@Nullable Body body) {
		this.body = body;
	}

	/**
	 * The hooks.
	 * @return the hooks
	 */
	public Hooks hooks() {
		return this.hooks;
	}

	/**
	 * The jar from which the Cookie header was made; redirects make it anew from here.
	 * @return the jar, or {@code null} if cookies were never prepared
	 */
	public @Nullable CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * Copies this request: headers and cookie jar are copied, body and hooks are shared
	 * (behaviour 124).
	 * @return the copy
	 */
	public PreparedRequest copy() {
		PreparedRequest copy = new PreparedRequest();
		copy.method = this.method;
		copy.url = this.url;
		copy.parsedUrl = this.parsedUrl;
		copy.headers = this.headers.copy();
		copy.body = this.body;
		copy.hooks = this.hooks;
		copy.cookies = (this.cookies != null) ? this.cookies.copy() : null;
		return copy;
	}

	/**
	 * Writes this request as a curl command, with credentials and cookies masked.
	 * @return the command, on one line
	 */
	public String toCurl() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Writes this request as a curl command, secrets included: mind where it goes.
	 * @return the command, on one line
	 */
	public String toCurlWithSecrets() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String toString() {
		return "<PreparedRequest [" + this.method + "]>";
	}

}
