package io.github.requests4j;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
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
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.http.url.KeyValues;
import io.github.requests4j.http.url.UriTemplate;

/**
 * The keyword arguments of requests as methods, for one call. Handed to the lambda of a call; for one thread, and not to be
 * kept.
 */
public final class RequestOptions {

	static final Consumer<RequestOptions> NOTHING = (options) -> {
	};

	static final Consumer<RequestOptions> NO_REDIRECTS = (options) -> options.allowRedirects(false);

	private final SendOptions.Builder send = SendOptions.builder();

	private final List<FilePart> files = new ArrayList<>(0);

	private final Map<String, Object> uriVariables = new LinkedHashMap<>(0);

	private @Nullable KeyValues params;

	private @Nullable Body data;

	private @Nullable Object json;

	private @Nullable CaseInsensitiveHeaders headers;

	private @Nullable CookieJar cookies;

	private @Nullable Auth auth;

	private Proxies proxies = Proxies.NONE;

	private Hooks hooks = Hooks.NONE;

	private @Nullable Duration deadline;

	private @Nullable String client;

	private @Nullable String uriTemplate;

	RequestOptions() {
	}

	/**
	 * Adds a query parameter.
	 * @param name the name
	 * @param value the value; a collection repeats the name, {@code null} removes the session's
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
	 * Sets one limit for connecting and for each read (behaviour 204).
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
		this.send.timeouts(timeouts);
		return this;
	}

	/**
	 * Limits the whole call: redirects, retries, pauses and body included.
	 * @param limit the limit, counted from the beginning of the call
	 * @return these options
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public RequestOptions deadline(Duration limit) {
		this.deadline = Deadline.check(limit);
		return this;
	}

	/**
	 * Sets whether redirects are followed.
	 * @param allow the setting
	 * @return these options
	 */
	public RequestOptions allowRedirects(boolean allow) {
		this.send.allowRedirects(allow);
		return this;
	}

	/**
	 * Sets a proxy for this call.
	 * @param key scheme, {@code scheme://host}, {@code all} or {@code no_proxy}
	 * @param url the URL of the proxy; {@code null} for none
	 * @return these options
	 */
	public RequestOptions proxy(String key, @Nullable String url) {
		this.proxies = this.proxies.with(key, url);
		return this;
	}

	/**
	 * Sets proxies for this call.
	 * @param proxies keys and URLs; the map is not changed
	 * @return these options
	 */
	public RequestOptions proxies(Map<String, ? extends @Nullable String> proxies) {
		this.proxies = Proxies.of(proxies).orElse(this.proxies);
		return this;
	}

	/**
	 * Sets whether certificates are checked.
	 * @param verify {@code false} to check nothing, not even the host name
	 * @return these options
	 */
	public RequestOptions verify(boolean verify) {
		return verify(Verify.of(verify));
	}

	/**
	 * Sets the authorities to check certificates against.
	 * @param authorities a PEM file or a folder of them
	 * @return these options
	 */
	public RequestOptions verify(Path authorities) {
		return verify(Verify.authorities(authorities));
	}

	/**
	 * Sets how certificates are checked.
	 * @param verify the setting
	 * @return these options
	 */
	public RequestOptions verify(Verify verify) {
		this.send.verify(verify);
		return this;
	}

	/**
	 * Sets the certificate of this client.
	 * @param pem a PEM file with certificate and key
	 * @return these options
	 */
	public RequestOptions cert(Path pem) {
		return cert(ClientCert.of(pem));
	}

	/**
	 * Sets the certificate of this client.
	 * @param certificate the PEM file of the certificate
	 * @param privateKey the PEM file of the key
	 * @return these options
	 */
	public RequestOptions cert(Path certificate, Path privateKey) {
		return cert(ClientCert.of(certificate, privateKey));
	}

	/**
	 * Sets the certificate of this client.
	 * @param cert the certificate
	 * @return these options
	 */
	public RequestOptions cert(ClientCert cert) {
		this.send.cert(cert);
		return this;
	}

	/**
	 * Sets whether the body is left unread. If so, close the response.
	 * @param stream the setting
	 * @return these options
	 */
	public RequestOptions stream(boolean stream) {
		this.send.stream(stream);
		return this;
	}

	/**
	 * Adds a response hook; the hooks of a request replace those of the session (behaviour 237).
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
	 * Tells a listener how much of the bodies has travelled.
	 * @param listener the listener
	 * @return these options
	 */
	public RequestOptions onProgress(ProgressListener listener) {
		this.send.progress(listener);
		return this;
	}

	/**
	 * Fills a {@code {name}} of the URL; the value is encoded whole, so it cannot leave its place.
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

	/**
	 * Names the client that makes the call, for metrics.
	 * @param name the name
	 * @return these options
	 */
	public RequestOptions client(String name) {
		this.client = name;
		return this;
	}

	/**
	 * Names the URI template of the call, for metrics, where the URL was filled in by the caller.
	 * @param template the template, without query
	 * @return these options
	 */
	public RequestOptions uriTemplate(String template) {
		this.uriTemplate = template;
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

	SendOptions toSendOptions(@Nullable String session, @Nullable Duration defaultDeadline) {
		Duration limit = (this.deadline != null) ? this.deadline : defaultDeadline;
		if (limit != null) {
			this.send.deadline(Deadline.after(limit));
		}
		if (!this.proxies.isEmpty()) {
			this.send.proxies(this.proxies);
		}
		if (session != null || this.client != null || this.uriTemplate != null) {
			this.send.context(new CallContext(session, this.client, this.uriTemplate, List.of()));
		}
		return this.send.build();
	}

	private String expand(String url) {
		if (this.uriVariables.isEmpty()) {
			return url;
		}
		if (this.uriTemplate == null) {
			int query = url.indexOf('?');
			this.uriTemplate = (query >= 0) ? url.substring(0, query) : url;
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
