package io.github.requests4j.http;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.url.UriTemplate;

/**
 * The options of a call, which are keyword arguments in requests: the content of its
 * {@link Request} and how it is sent. Calls pass it to a function that sets the options.
 * Not thread-safe. Do not use it after the call. <pre>{@code
 * session.post("orders", (request) -> request.param("dry-run", true)
 *     .header("Idempotency-Key", key)
 *     .json(order)
 *     .timeout(Duration.ofSeconds(2), Duration.ofSeconds(10)));
 * }</pre>
 */
public final class RequestOptions {

	private @Nullable KeyValues params;

	private @Nullable Body data;

	private @Nullable Object json;

	private @Nullable List<FilePart> files;

	private @Nullable CaseInsensitiveHeaders headers;

	private @Nullable CookieJar cookies;

	private @Nullable Auth auth;

	private Hooks hooks = Hooks.NONE;

	private @Nullable Map<String, Object> uriVariables;

	private @Nullable String uriTemplate;

	private @Nullable String client;

	private @Nullable Timeouts timeouts;

	private @Nullable Duration deadline;

	private @Nullable Deadline sharedDeadline;

	private @Nullable Boolean allowRedirects;

	private @Nullable Proxies proxies;

	private @Nullable Verify verify;

	private @Nullable ClientCert cert;

	private @Nullable Boolean stream;

	private @Nullable ProgressListener progress;

	private @Nullable Boolean cache;

	private @Nullable Map<Class<?>, Object> attributes;

	/**
	 * Creates empty options. Only needed to build a {@link Request} or
	 * {@link SendOptions} step by step, because calls create their own.
	 */
	public RequestOptions() {
	}

	RequestOptions(Request request) {
		this.params = request.params();
		this.data = request.data();
		this.json = request.json();
		this.files = new ArrayList<>(request.files());
		this.headers = request.headers().copy();
		this.cookies = (request.cookies() != null) ? request.cookies().copy() : null;
		this.auth = request.auth();
		this.hooks = request.hooks();
	}

	/**
	 * Adds a query parameter.
	 * @param name the name
	 * @param value the value; a collection repeats the parameter, {@code null} removes
	 * the session's
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
	 * Sets the query as text, replacing earlier parameters. The text is quoted where
	 * necessary, but not encoded again.
	 * @param text the text, such as {@code a=1&b=2}
	 * @return these options
	 */
	public RequestOptions params(String text) {
		return params(KeyValues.fromText(text));
	}

	/**
	 * Sets the query parameters, replacing earlier ones.
	 * @param params the parameters; {@code null} for only those of the session
	 * @return these options
	 */
	public RequestOptions params(@Nullable KeyValues params) {
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
	 * Sets a form as the body, or the fields of a multipart body if there are files.
	 * @param fields names and values
	 * @return these options
	 */
	public RequestOptions data(Map<String, ?> fields) {
		return data(Body.form(fields));
	}

	/**
	 * Sets a form as the body, or the fields of a multipart body if there are files.
	 * @param fields the fields; names may be repeated
	 * @return these options
	 */
	public RequestOptions data(KeyValues fields) {
		return data(Body.form(fields));
	}

	/**
	 * Sets text as the body, sent as UTF-8.
	 * @param text the text
	 * @return these options
	 */
	public RequestOptions data(String text) {
		return data(Body.of(text));
	}

	/**
	 * Sets bytes as the body.
	 * @param bytes the bytes, which are not copied
	 * @return these options
	 */
	public RequestOptions data(byte[] bytes) {
		return data(Body.of(bytes));
	}

	/**
	 * Sets a stream as the body, sent from its current position.
	 * @param stream the stream, which is not closed
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
	 * Sets items as the body, each of which is sent as one chunk.
	 * @param items strings or byte arrays
	 * @return these options
	 */
	public RequestOptions data(Iterator<?> items) {
		return data(Body.of(items));
	}

	/**
	 * Sets a value to send as JSON. Ignored if there is other data.
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
	 * @param value the value; {@code null} removes the session's header
	 * @return these options
	 */
	public RequestOptions header(String name, @Nullable String value) {
		headers().put(name, value);
		return this;
	}

	/**
	 * Sets headers.
	 * @param headers names and values; a null value removes the session's header
	 * @return these options
	 * @throws InvalidHeaderException if two names that differ only in case contradict
	 * each other about the length of the body
	 */
	public RequestOptions headers(Map<String, ? extends @Nullable String> headers) {
		RequestFraming.rejectContradictions(headers);
		headers().putAll(headers);
		return this;
	}

	/**
	 * Adds a cookie that is only sent with this call and to its host.
	 * @param name the name
	 * @param value the value; {@code null} sends the name alone
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
		if (this.cookies == null) {
			this.cookies = jar.copy();
		}
		else {
			this.cookies.update(jar);
		}
		return this;
	}

	/**
	 * Adds a file to upload under its own name.
	 * @param name the name of the form field
	 * @param file the file
	 * @return these options
	 */
	public RequestOptions file(String name, Path file) {
		return files(FilePart.of(name, file));
	}

	/**
	 * Adds files to upload, which makes the body multipart.
	 * @param parts the files
	 * @return these options
	 */
	public RequestOptions files(FilePart... parts) {
		return files(Arrays.asList(parts));
	}

	/**
	 * Adds files to upload, which makes the body multipart.
	 * @param parts the files in order
	 * @return these options
	 */
	public RequestOptions files(Collection<FilePart> parts) {
		if (this.files == null) {
			this.files = new ArrayList<>(parts.size());
		}
		this.files.addAll(parts);
		return this;
	}

	/**
	 * Sets HTTP Basic authentication.
	 * @param username the user name
	 * @param password the password
	 * @return these options
	 */
	public RequestOptions auth(String username, String password) {
		return auth(new BasicCredentials(username, password));
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
	 * Adds a response hook. The response hooks of a call replace those of the session.
	 * @param hook the hook
	 * @return these options
	 */
	public RequestOptions hook(ResponseHook hook) {
		this.hooks = this.hooks.with(hook);
		return this;
	}

	/**
	 * Sets the response hooks, replacing earlier ones.
	 * @param hooks the hooks
	 * @return these options
	 */
	public RequestOptions hooks(Hooks hooks) {
		this.hooks = Objects.requireNonNull(hooks, "hooks");
		return this;
	}

	/**
	 * Adds a response hook for an event, as in requests.
	 * @param event the event, which is {@code "response"}
	 * @param hook the hook
	 * @return these options
	 * @throws IllegalArgumentException if the event has another name
	 */
	public RequestOptions registerHook(String event, ResponseHook hook) {
		Hooks.checkEvent(event);
		return hook(hook);
	}

	/**
	 * Adds response hooks for an event, as in requests. Null elements are ignored.
	 * @param event the event, which is {@code "response"}
	 * @param hooks the hooks in order
	 * @return these options
	 * @throws IllegalArgumentException if the event has another name
	 */
	public RequestOptions registerHooks(String event, Iterable<? extends @Nullable ResponseHook> hooks) {
		Hooks.checkEvent(event);
		for (ResponseHook hook : hooks) {
			if (hook != null) {
				hook(hook);
			}
		}
		return this;
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
	 * Sets the value of a {@code {name}} in the URL. All reserved characters of the value
	 * are encoded, so it cannot add a path segment or a query. The elements of a list or
	 * an array, and the keys and values of a map, are joined by commas. An empty value in
	 * the path is rejected when the request is built, because the URL would identify
	 * another resource. Write {@code {name?}} in the URL if the value may be empty. A URL
	 * with variables is a template. Other expressions of RFC 6570 and braces without a
	 * name are rejected when the call is made.
	 * @param name the name
	 * @param value the value
	 * @return these options
	 */
	public RequestOptions uriVariable(String name, Object value) {
		if (this.uriVariables == null) {
			this.uriVariables = new LinkedHashMap<>();
		}
		this.uriVariables.put(name, value);
		return this;
	}

	/**
	 * Sets the values of variables in the URL.
	 * @param variables names and values
	 * @return these options
	 */
	public RequestOptions uriVariables(Map<String, ?> variables) {
		variables.forEach(this::uriVariable);
		return this;
	}

	/**
	 * Sets one limit for connecting and for each read.
	 * @param both the limit
	 * @return these options
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public RequestOptions timeout(Duration both) {
		return timeouts(Timeouts.of(both));
	}

	/**
	 * Sets the limits for connecting and for each read.
	 * @param connect the connect timeout, or {@code null} for none
	 * @param read the read timeout, or {@code null} for none
	 * @return these options
	 * @throws IllegalArgumentException if one is zero or negative
	 */
	public RequestOptions timeout(@Nullable Duration connect, @Nullable Duration read) {
		return timeouts(Timeouts.of(connect, read));
	}

	/**
	 * Sets the limits for connecting and for each read.
	 * @param timeouts the limits
	 * @return these options
	 */
	public RequestOptions timeouts(Timeouts timeouts) {
		this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
		return this;
	}

	/**
	 * Sets the limit for the whole call, including redirects, retries, pauses and the
	 * body.
	 * @param limit the limit, measured from the start of the call
	 * @return these options
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public RequestOptions deadline(Duration limit) {
		this.deadline = Deadline.check(limit);
		this.sharedDeadline = null;
		return this;
	}

	/**
	 * Sets a deadline that has started already, so that several calls share one.
	 * @param deadline the deadline; {@code null} for that of the session
	 * @return these options
	 */
	public RequestOptions sharedDeadline(@Nullable Deadline deadline) {
		this.sharedDeadline = deadline;
		this.deadline = null;
		return this;
	}

	/**
	 * Sets whether redirects are followed.
	 * @param allow the setting
	 * @return these options
	 */
	public RequestOptions allowRedirects(boolean allow) {
		this.allowRedirects = allow;
		return this;
	}

	/**
	 * Sets a proxy for this call.
	 * @param key scheme, {@code scheme://host}, {@code all} or {@code no_proxy}
	 * @param url the URL of the proxy; {@code null} for none
	 * @return these options
	 */
	public RequestOptions proxy(String key, @Nullable String url) {
		return proxies(((this.proxies != null) ? this.proxies : Proxies.NONE).with(key, url));
	}

	/**
	 * Adds proxies for this call.
	 * @param proxies keys and URLs, as for {@link #proxy(String, String)}
	 * @return these options
	 */
	public RequestOptions proxies(Map<String, ? extends @Nullable String> proxies) {
		Proxies added = Proxies.of(proxies);
		return proxies((this.proxies != null) ? added.orElse(this.proxies) : added);
	}

	/**
	 * Sets the proxies for this call, replacing earlier ones. The session's proxies are
	 * still used for missing keys.
	 * @param proxies the proxies; {@code null} for only those of the session
	 * @return these options
	 */
	public RequestOptions proxies(@Nullable Proxies proxies) {
		this.proxies = proxies;
		return this;
	}

	/**
	 * Sets whether server certificates are verified.
	 * @param verify {@code false} to verify nothing, not even the host name
	 * @return these options
	 */
	public RequestOptions verify(boolean verify) {
		return verify(Verify.of(verify));
	}

	/**
	 * Sets the certificate authorities to verify server certificates with.
	 * @param authorities a PEM file or a directory of PEM files
	 * @return these options
	 */
	public RequestOptions verify(Path authorities) {
		return verify(Verify.authorities(authorities));
	}

	/**
	 * Sets how server certificates are verified.
	 * @param verify the setting
	 * @return these options
	 */
	public RequestOptions verify(Verify verify) {
		this.verify = Objects.requireNonNull(verify, "verify");
		return this;
	}

	/**
	 * Sets the client certificate.
	 * @param pem a PEM file with certificate and key
	 * @return these options
	 */
	public RequestOptions cert(Path pem) {
		return cert(ClientCert.of(pem));
	}

	/**
	 * Sets the client certificate.
	 * @param certificate the PEM file of the certificate
	 * @param privateKey the PEM file of the key
	 * @return these options
	 */
	public RequestOptions cert(Path certificate, Path privateKey) {
		return cert(ClientCert.of(certificate, privateKey));
	}

	/**
	 * Sets the client certificate.
	 * @param cert the certificate; {@code null} for the session's
	 * @return these options
	 */
	public RequestOptions cert(@Nullable ClientCert cert) {
		this.cert = cert;
		return this;
	}

	/**
	 * Sets whether the caller streams the response body. The caller must then close the
	 * response.
	 * @param stream the setting
	 * @return these options
	 */
	public RequestOptions stream(boolean stream) {
		this.stream = stream;
		return this;
	}

	/**
	 * Sets a listener for the progress of the request and response bodies.
	 * @param listener the listener
	 * @return these options
	 */
	public RequestOptions onProgress(ProgressListener listener) {
		this.progress = Objects.requireNonNull(listener, "listener");
		return this;
	}

	/**
	 * Sets whether a cache of the session may answer the call and store its responses.
	 * Unlike {@code Cache-Control: no-store}, {@code false} does not change the request.
	 * A call that changes a resource still removes the stored responses of that resource.
	 * @param cache the setting; {@code true} by default
	 * @return these options
	 */
	public RequestOptions cache(boolean cache) {
		this.cache = cache;
		return this;
	}

	/**
	 * Sets an attribute of the call, which is not sent. Adapters and interceptors read it
	 * with {@link SendOptions#attribute}. An {@code io.github.requests4j.adapters.Retry}
	 * replaces the retry policy of the transport for this call.
	 * @param <T> the type of the attribute
	 * @param type the class to set the attribute for; each class has one attribute
	 * @param value the attribute, which must not change afterwards; {@code null} for the
	 * session's
	 * @return these options
	 */
	public <T> RequestOptions attribute(Class<T> type, @Nullable T value) {
		if (this.attributes == null) {
			this.attributes = new HashMap<>();
		}
		if (value != null) {
			this.attributes.put(type, type.cast(value));
		}
		else {
			this.attributes.remove(type);
		}
		return this;
	}

	/**
	 * Sets the name of the client that makes the call, for metrics.
	 * @param name the name
	 * @return these options
	 */
	public RequestOptions client(String name) {
		this.client = name;
		return this;
	}

	/**
	 * Sets the URI template of the call, for metrics. Only needed if the caller has
	 * expanded the template, because {@link #uriVariable} sets it too.
	 * @param template the template, without query
	 * @return these options
	 */
	public RequestOptions uriTemplate(String template) {
		this.uriTemplate = template;
		return this;
	}

	/**
	 * Builds the request, without the options that only affect sending. Expands the URI
	 * variables. If no URI template was set, the URL before expansion is used.
	 * @param method the method, in any case
	 * @param url the URL, with a {@code {name}} for each URI variable
	 * @return the request
	 * @throws UrlRequiredException if the URL is null
	 * @throws IllegalArgumentException if there are URI variables and the URL contains
	 * other expressions in braces or a variable without a value
	 */
	public Request toRequest(String method, String url) {
		String expanded = (this.uriVariables != null) ? expand(url, this.uriVariables) : url;
		return new Request(method, expanded, this.headers, (this.files != null) ? this.files : List.of(), this.data,
				this.json, this.params, this.auth, this.cookies, this.hooks);
	}

	private String expand(String url, Map<String, Object> variables) {
		if (this.uriTemplate == null) {
			this.uriTemplate = UriTemplate.withoutQuery(url);
		}
		return UriTemplate.parse(url).expand(variables);
	}

	/**
	 * Builds the options that only affect sending. A deadline starts now.
	 * @return the options; {@link SendOptions#DEFAULTS} if nothing is set
	 */
	public SendOptions toSendOptions() {
		if (!hasSendOptions()) {
			return SendOptions.DEFAULTS;
		}
		CallContext context = (this.client != null || this.uriTemplate != null)
				? new CallContext(null, this.client, this.uriTemplate, List.of()) : CallContext.NONE;
		return new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, this.proxies,
				(this.deadline != null) ? Deadline.after(this.deadline) : this.sharedDeadline, this.progress,
				this.cache, (this.attributes != null) ? this.attributes : Map.of(), context, Exchange.Kind.FIRST);
	}

	private boolean hasSendOptions() {
		return this.stream != null || this.allowRedirects != null || this.timeouts != null || this.verify != null
				|| this.cert != null || this.proxies != null || this.deadline != null || this.sharedDeadline != null
				|| this.progress != null || this.cache != null || this.attributes != null || this.client != null
				|| this.uriTemplate != null;
	}

	/** Rejects options that a request does not contain. */
	void requireRequestOnly() {
		if (hasSendOptions()) {
			throw new IllegalArgumentException("A Request cannot contain options for sending, such as timeouts,"
					+ " proxies or verify. Set them with SendOptions.of(...) when you send the request.");
		}
	}

	/** Rejects options that have no effect on a prepared request. */
	void requireSendOnly() {
		if (this.params != null || this.data != null || this.json != null || this.files != null || this.headers != null
				|| this.cookies != null || this.auth != null || this.hooks != Hooks.NONE || this.uriVariables != null) {
			throw new IllegalArgumentException("SendOptions cannot contain parts of a request, such as headers, params,"
					+ " a body, cookies, auth or hooks. Set them when you prepare the request.");
		}
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
