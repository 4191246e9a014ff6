package io.github.requests4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * Keeps settings, cookies and connections across calls. Thread-safe; a call uses the
 * settings at the time it starts. Close a session when it is no longer needed. It then
 * closes the adapters that it owns and rejects new calls; responses that are still being
 * streamed remain readable. <pre>{@code
 * try (Session session = Session.builder()
 *     .baseUrl("https://api.example.com/v1/")
 *     .auth("user", password)
 *     .timeout(Duration.ofSeconds(10))
 *     .build()) {
 *     List<Item> items = session.get("items", (request) -> request.param("q", "tea"))
 *         .raiseForStatus()
 *         .json(new TypeReference<List<Item>>() {});
 * }
 * }</pre>
 * <p>
 * {@link #update} changes the settings for later calls. {@link #derive} creates a session
 * with other settings that uses the same connections. Sessions that Spring creates are
 * shared and therefore frozen: you can derive from them, but not update them. <pre>{@code
 * session.update((builder) -> builder.header("Accept-Language", "en").trustEnv(false));
 * session.cookies().set("theme", "dark");
 * Session hasty = session.derive((builder) -> builder.timeout(Duration.ofSeconds(1)));
 * }</pre>
 *
 * @see Requests
 */
public interface Session extends RequestMethods, AutoCloseable {

	/** The default limit of redirects. */
	int DEFAULT_REDIRECT_LIMIT = 30;

	/**
	 * Creates a session with the default settings of requests.
	 * @return the session
	 */
	static Session create() {
		return builder().build();
	}

	/**
	 * Returns a builder with the default settings.
	 * @return a builder
	 */
	static Builder builder() {
		return new DefaultSessionBuilder();
	}

	/**
	 * Changes the settings of this session for calls that start afterwards. The changes
	 * take effect together, or not at all if the function throws. <pre>{@code
	 * session.update((builder) -> builder.auth("user", password).maxRedirects(5));
	 * }</pre>
	 * @param changes changes the current settings; the cookie jar cannot be replaced
	 * @throws IllegalStateException if this session is frozen
	 */
	void update(Consumer<Builder> changes);

	/**
	 * Creates a session with other settings that uses the same cookie jar and the same
	 * adapters, without owning them. Closing it does not close this session.
	 * @param changes changes the settings, starting from those of this session
	 * @return the new session, which is not frozen
	 */
	Session derive(Consumer<Builder> changes);

	/**
	 * Merges the settings of this session into a request and prepares it.
	 * @param request the request
	 * @return the request to send
	 * @throws RequestException if a part of it is not valid
	 */
	PreparedRequest prepareRequest(Request request);

	/**
	 * Prepares the request that {@link #request} would send, without sending it.
	 * @param method the method
	 * @param url the URL
	 * @param options sets the options of the request; those that only affect sending are
	 * ignored
	 * @return the request that would be sent
	 * @throws RequestException if a part of it is not valid
	 */
	PreparedRequest prepare(String method, String url, Consumer<RequestOptions> options);

	/**
	 * Sends a prepared request as it is. The session's headers, cookies, auth and params
	 * are not added, because {@link #prepareRequest} has already merged them. Every other
	 * setting of the session applies, including its deadline, which starts with this
	 * call.
	 * @param request the request
	 * @param options how to send it; the session's settings replace those that are not
	 * set
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	Response send(PreparedRequest request, SendOptions options);

	/**
	 * Sends a prepared request with the settings of the session.
	 * @param request the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	default Response send(PreparedRequest request) {
		return send(request, SendOptions.DEFAULTS);
	}

	/**
	 * Returns the pages of a list, which are linked by the Link header.
	 * @param url the URL of the first page
	 * @return the pages
	 * @see #pages(String, Paging, Consumer)
	 */
	default Stream<Response> pages(String url) {
		return pages(url, Paging.linkHeader());
	}

	/**
	 * Returns the pages of a list, which are linked by the Link header.
	 * @param url the URL of the first page
	 * @param options sets the options of each request
	 * @return the pages
	 * @see #pages(String, Paging, Consumer)
	 */
	default Stream<Response> pages(String url, Consumer<RequestOptions> options) {
		return pages(url, Paging.linkHeader(), options);
	}

	/**
	 * Returns the pages of a list.
	 * @param url the URL of the first page
	 * @param paging finds the next page
	 * @return the pages
	 * @see #pages(String, Paging, Consumer)
	 */
	default Stream<Response> pages(String url, Paging paging) {
		return pages(url, paging, (options) -> {
		});
	}

	/**
	 * Returns the pages of a list. Each page is a GET request, which is only made when
	 * the stream needs the page. Pages are not kept, and after {@code limit} or a
	 * short-circuiting operation no further page is requested. <pre>{@code
	 * try (Stream<Response> pages = session.pages("items", (request) -> request.param("size", 100))) {
	 *     pages.flatMap((page) -> Arrays.stream(page.json(Item[].class))).limit(250).forEach(System.out::println);
	 * }
	 * }</pre>
	 * <p>
	 * Every page is a call of its own, with the session's settings, the given options, a
	 * new deadline, interceptors and retries. The URL of a next page is used as the
	 * server sent it: the params of the call are not added again, and those of the
	 * session only if the URL does not have them. It must have an origin to which a
	 * redirect from the first page would keep credentials, or that of the base URL, or a
	 * trusted one.
	 * <p>
	 * The stream throws the exception of the call that fails, {@code HttpException} for a
	 * status from 400 to 599, and {@link RequestException} if the next URL has another
	 * origin or pages repeat. If responses are streamed, a page is closed when the next
	 * one is needed, and the last one with the stream.
	 * @param url the URL of the first page, absolute or relative to the base URL
	 * @param paging finds the next page
	 * @param options sets the options of each request; called for each page
	 * @return the pages, not null; for one thread, never parallel
	 */
	Stream<Response> pages(String url, Paging paging, Consumer<RequestOptions> options);

	/**
	 * Merges the options of a call with those of the session and the environment.
	 * @param url the URL that will be called
	 * @param options the options of the call
	 * @return the merged options
	 */
	SendOptions mergeEnvironmentSettings(String url, SendOptions options);

	/**
	 * Returns the adapter for a URL: the one mounted under the longest prefix of the URL.
	 * A prefix does not match in the middle of a host name.
	 * @param url the URL
	 * @return the adapter
	 * @throws InvalidSchemaException if no adapter is mounted for it
	 */
	Adapter getAdapter(String url);

	/**
	 * Returns the adapters by the prefix they are mounted under.
	 * @return the adapters in the order in which they are tried, unmodifiable
	 */
	Map<String, Adapter> adapters();

	/**
	 * Mounts an adapter, which the session then owns and closes. An adapter that it
	 * replaces stays open for calls in progress until the session is closed.
	 * @param prefix the prefix of the URLs it serves, such as
	 * {@code https://api.example.com/}
	 * @param adapter the adapter
	 * @throws IllegalStateException if this session is frozen
	 */
	void mount(String prefix, Adapter adapter);

	/**
	 * Removes the adapter that is mounted under a prefix. Calls that start afterwards use
	 * the next shorter prefix. The adapter stays open, because calls may still be using
	 * it. The caller must close it, unless it is mounted under another prefix too.
	 * @param prefix the prefix, exactly as it was mounted
	 * @return the adapter, or {@code null} if none was mounted
	 * @throws IllegalStateException if this session is frozen
	 */
	@Nullable Adapter unmount(String prefix);

	/**
	 * Returns the name of this session.
	 * @return the name, or {@code null} if it has none
	 */
	@Nullable String name();

	/**
	 * Returns the URL that relative URLs are joined to.
	 * @return the URL as the session uses it, or {@code null} if it has none
	 */
	@Nullable String baseUrl();

	/**
	 * Returns the headers that are sent with every request unless it overrides them.
	 * @return a read-only copy; modifying it throws {@link UnsupportedOperationException}
	 */
	CaseInsensitiveHeaders headers();

	/**
	 * Returns the query parameters of every request.
	 * @return the parameters, or {@code null} for none
	 */
	@Nullable KeyValues params();

	/**
	 * Returns the auth of requests that do not set one.
	 * @return the auth, or {@code null} for none
	 */
	@Nullable Auth auth();

	/**
	 * Returns the cookie jar of this session. Responses that set cookies change it.
	 * @return the jar itself, which can be changed even if the session is frozen
	 */
	CookieJar cookies();

	/**
	 * Returns the configured proxies.
	 * @return the proxies, without those of the environment
	 */
	Proxies proxies();

	/**
	 * Returns the response hooks and exchange listeners.
	 * @return the hooks
	 */
	Hooks hooks();

	/**
	 * Returns how server certificates are verified.
	 * @return the setting
	 */
	Verify verify();

	/**
	 * Returns the client certificate.
	 * @return the certificate, or {@code null} for none
	 */
	@Nullable ClientCert cert();

	/**
	 * Returns the timeouts of requests that do not set them.
	 * @return the timeouts
	 */
	Timeouts timeouts();

	/**
	 * Returns whether response bodies are streamed by default.
	 * @return the setting
	 */
	boolean stream();

	/**
	 * Returns whether proxies, CA bundles and netrc are read from the environment.
	 * @return the setting
	 */
	boolean trustEnv();

	/**
	 * Returns the limit of redirects.
	 * @return the limit
	 */
	int maxRedirects();

	/**
	 * Returns the interceptors that wrap each call, the outermost first.
	 * @return the interceptors, unmodifiable
	 */
	List<CallInterceptor> interceptors();

	/**
	 * Returns where a response redirects to. To change this or another redirect rule, set
	 * {@link RedirectRules} on the builder.
	 * @param response the response
	 * @return the unresolved Location, or {@code null} if the response is not a redirect
	 */
	@Nullable String getRedirectTarget(Response response);

	/**
	 * Returns whether an Authorization header must be dropped when one URL redirects to
	 * another.
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL it redirects to
	 * @return {@code true} if it must be dropped
	 */
	boolean shouldStripAuth(String oldUrl, String newUrl);

	/**
	 * Sets the method of the request that follows a redirect.
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildMethod(PreparedRequest request, Response response);

	/**
	 * Drops or replaces the Authorization of the request that follows a redirect.
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildAuth(PreparedRequest request, Response response);

	/**
	 * Selects the proxies for the request that follows a redirect and sets its
	 * Proxy-Authorization.
	 * @param request the next request, changed in place
	 * @param proxies the proxies of the call, or {@code null} for none
	 * @return the proxies to use
	 */
	Proxies rebuildProxies(PreparedRequest request, @Nullable Proxies proxies);

	/**
	 * Follows a redirect chain, one hop for each element. Unless the options have a
	 * deadline, the session's deadline applies to the whole chain and starts with this
	 * call.
	 * @param response the response to start from
	 * @param request the request of that response
	 * @param options how the hops are sent
	 * @return the responses that follow; empty if the response is not a redirect
	 * @throws RequestException from the iterator, if a hop fails or the limit is exceeded
	 */
	Iterator<Response> resolveRedirects(Response response, PreparedRequest request, SendOptions options);

	/**
	 * Returns the next request of a redirect chain without sending it
	 * ({@code yield_requests}).
	 * @param response the response to start from
	 * @param request the request of that response
	 * @param options how the hop would be sent
	 * @return the request that would be sent next, as the only element; empty if the
	 * response is not a redirect
	 */
	Iterator<PreparedRequest> resolveRedirectRequests(Response response, PreparedRequest request, SendOptions options);

	/**
	 * Returns whether this session was closed.
	 * @return {@code true} after {@link #close()}
	 */
	boolean isClosed();

	/**
	 * Closes the adapters that this session owns. New calls are rejected with
	 * {@link IllegalStateException}. Closing twice has no effect.
	 */
	@Override
	void close();

	/**
	 * Builds a {@link Session}, or changes one in {@link Session#update}. Settings that a
	 * call can override have the same methods here and in {@link RequestOptions}. Not
	 * thread-safe. A builder can build several sessions, which share the adapters mounted
	 * here.
	 */
	interface Builder {

		/**
		 * Names the session, for metrics and messages.
		 * @param name the name
		 * @return this builder
		 */
		Builder name(String name);

		/**
		 * Sets the URL that relative URLs are resolved against. The session's auth,
		 * headers and params are then only sent to its origin.
		 * @param baseUrl an absolute http or https URL
		 * @return this builder
		 * @throws IllegalArgumentException if it is not an absolute http or https URL
		 */
		Builder baseUrl(String baseUrl);

		/**
		 * Adds origins to which the session's auth, headers and params are sent, in
		 * addition to that of the base URL.
		 * @param origins such as {@code https://files.example.com}
		 * @return this builder
		 */
		Builder trustedOrigins(String... origins);

		/**
		 * Sets a header of every request.
		 * @param name the name
		 * @param value the value; {@code null} removes the header, even a default one
		 * @return this builder
		 */
		Builder header(String name, @Nullable String value);

		/**
		 * Sets headers of every request.
		 * @param headers names and values; a null value removes the header
		 * @return this builder
		 */
		default Builder headers(Map<String, ? extends @Nullable String> headers) {
			headers.forEach(this::header);
			return this;
		}

		/**
		 * Removes all headers, including the default ones.
		 * @return this builder
		 */
		Builder clearHeaders();

		/**
		 * Adds a query parameter to every request.
		 * @param name the name
		 * @param value the value; a collection repeats the parameter, {@code null} omits
		 * it
		 * @return this builder
		 */
		Builder param(String name, @Nullable Object value);

		/**
		 * Adds query parameters to every request.
		 * @param params names and values
		 * @return this builder
		 */
		default Builder params(Map<String, ?> params) {
			params.forEach(this::param);
			return this;
		}

		/**
		 * Sets the query of every request as text, replacing earlier parameters. The text
		 * is quoted where necessary, but not encoded again.
		 * @param text the text, such as {@code a=1&b=2}
		 * @return this builder
		 */
		default Builder params(String text) {
			return params(KeyValues.fromText(text));
		}

		/**
		 * Sets the query parameters of every request, replacing earlier ones.
		 * @param params the parameters, or {@code null} for none
		 * @return this builder
		 */
		Builder params(@Nullable KeyValues params);

		/**
		 * Sets HTTP Basic authentication.
		 * @param username the user name
		 * @param password the password
		 * @return this builder
		 */
		default Builder auth(String username, String password) {
			return auth(new HttpBasicAuth(username, password));
		}

		/**
		 * Sets the auth of requests that do not set one.
		 * @param auth the auth, or {@code null} for none
		 * @return this builder
		 */
		Builder auth(@Nullable Auth auth);

		/**
		 * Sets one limit for connecting and for each read. By default there is no limit,
		 * as in requests.
		 * @param both the limit
		 * @return this builder
		 * @throws IllegalArgumentException if it is zero or negative
		 */
		default Builder timeout(Duration both) {
			return timeouts(Timeouts.of(both));
		}

		/**
		 * Sets the limits for connecting and for each read.
		 * @param connect the connect timeout, or {@code null} for none
		 * @param read the read timeout, or {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if one is zero or negative
		 */
		default Builder timeout(@Nullable Duration connect, @Nullable Duration read) {
			return timeouts(Timeouts.of(connect, read));
		}

		/**
		 * Sets the limits for connecting and reading.
		 * @param timeouts the limits
		 * @return this builder
		 */
		Builder timeouts(Timeouts timeouts);

		/**
		 * Sets the limit for a whole call, including redirects, retries, pauses and the
		 * body.
		 * @param deadline the limit, or {@code null} for none
		 * @return this builder
		 */
		Builder deadline(@Nullable Duration deadline);

		/**
		 * Sets a proxy.
		 * @param key scheme, {@code scheme://host}, {@code all} or {@code no_proxy}
		 * @param url the URL of the proxy; {@code null} for none
		 * @return this builder
		 * @throws RequestException if the URL is not valid
		 */
		Builder proxy(String key, @Nullable String url);

		/**
		 * Adds proxies.
		 * @param proxies keys and URLs, as for {@link #proxy(String, String)}
		 * @return this builder
		 * @throws RequestException if a URL is not valid
		 */
		default Builder proxies(Map<String, ? extends @Nullable String> proxies) {
			proxies.forEach(this::proxy);
			return this;
		}

		/**
		 * Sets the proxies, replacing earlier ones.
		 * @param proxies the proxies; {@code null} for none
		 * @return this builder
		 * @throws RequestException if a URL is not valid
		 */
		Builder proxies(@Nullable Proxies proxies);

		/**
		 * Sets whether server certificates are verified.
		 * @param verify {@code false} to verify nothing, not even the host name
		 * @return this builder
		 */
		default Builder verify(boolean verify) {
			return verify(Verify.of(verify));
		}

		/**
		 * Sets the certificate authorities to verify server certificates with.
		 * @param authorities a PEM file or a directory of PEM files
		 * @return this builder
		 */
		default Builder verify(Path authorities) {
			return verify(Verify.authorities(authorities));
		}

		/**
		 * Sets how server certificates are verified. Overrides REQUESTS_CA_BUNDLE.
		 * @param verify the setting
		 * @return this builder
		 */
		Builder verify(Verify verify);

		/**
		 * Sets the client certificate.
		 * @param pem a PEM file with certificate and key
		 * @return this builder
		 */
		default Builder cert(Path pem) {
			return cert(ClientCert.of(pem));
		}

		/**
		 * Sets the client certificate.
		 * @param certificate the PEM file of the certificate
		 * @param privateKey the PEM file of the key
		 * @return this builder
		 */
		default Builder cert(Path certificate, Path privateKey) {
			return cert(ClientCert.of(certificate, privateKey));
		}

		/**
		 * Sets the client certificate.
		 * @param cert the certificate, or {@code null} for none
		 * @return this builder
		 */
		Builder cert(@Nullable ClientCert cert);

		/**
		 * Sets the limit of redirects.
		 * @param maxRedirects the limit, 0 or more
		 * @return this builder
		 */
		Builder maxRedirects(int maxRedirects);

		/**
		 * Sets whether redirects are followed by default.
		 * @param allowRedirects the setting; without it, each method has its own default
		 * @return this builder
		 */
		Builder allowRedirects(boolean allowRedirects);

		/**
		 * Sets the rules for redirects.
		 * @param rules the rules
		 * @return this builder
		 */
		Builder redirectRules(RedirectRules rules);

		/**
		 * Sets whether credentials are dropped even if http becomes https on the same
		 * host.
		 * @param strict the setting
		 * @return this builder
		 */
		Builder strictRedirects(boolean strict);

		/**
		 * Adds headers that are dropped when a redirect leaves the origin.
		 * @param names such as {@code X-Api-Key}
		 * @return this builder
		 */
		Builder stripHeadersOnRedirect(String... names);

		/**
		 * Sets whether response bodies are streamed by default.
		 * @param stream the setting
		 * @return this builder
		 */
		Builder stream(boolean stream);

		/**
		 * Sets whether a cache in front of the adapters may answer calls and store their
		 * responses by default.
		 * @param cache the setting; {@code true} by default
		 * @return this builder
		 */
		Builder cache(boolean cache);

		/**
		 * Sets an attribute of all calls, which adapters and interceptors read with
		 * {@link SendOptions#attribute}. An {@link io.github.requests4j.adapters.Retry
		 * Retry} replaces the retry policy of the transports.
		 * @param <T> the type of the attribute
		 * @param type the class to set the attribute for; each class has one attribute
		 * @param value the attribute, which must not change afterwards; {@code null} for
		 * none
		 * @return this builder
		 */
		<T> Builder attribute(Class<T> type, @Nullable T value);

		/**
		 * Sets whether proxies, CA bundles and netrc are read from the environment.
		 * @param trustEnv the setting; {@code true} by default
		 * @return this builder
		 */
		Builder trustEnv(boolean trustEnv);

		/**
		 * Sets the source of environment variables and files.
		 * @param environment the environment
		 * @return this builder
		 */
		Builder environment(RequestsEnvironment environment);

		/**
		 * Adds a cookie to the jar of the session.
		 * @param name the name
		 * @param value the value; {@code null} sends the name alone
		 * @return this builder
		 */
		Builder cookie(String name, @Nullable String value);

		/**
		 * Adds cookies to the jar of the session.
		 * @param cookies names and values
		 * @return this builder
		 */
		default Builder cookies(Map<String, String> cookies) {
			cookies.forEach(this::cookie);
			return this;
		}

		/**
		 * Sets the jar of the session, which the session uses and changes.
		 * @param jar the jar
		 * @return this builder
		 * @throws IllegalStateException in {@link Session#update}, because the jar of a
		 * session cannot be replaced
		 */
		Builder cookies(CookieJar jar);

		/**
		 * Sets which calls share the cookies that servers set.
		 * @param scope the scope; {@link CookieScope#SHARED} by default
		 * @return this builder
		 */
		Builder cookieScope(CookieScope scope);

		/**
		 * Sets the response hooks and exchange listeners, replacing earlier ones.
		 * @param hooks the hooks
		 * @return this builder
		 */
		Builder hooks(Hooks hooks);

		/**
		 * Adds a response hook.
		 * @param hook the hook
		 * @return this builder
		 */
		Builder hook(ResponseHook hook);

		/**
		 * Adds an exchange listener.
		 * @param listener the listener
		 * @return this builder
		 */
		Builder listener(ExchangeListener listener);

		/**
		 * Adds an interceptor inside those that were added before.
		 * @param interceptor the interceptor
		 * @return this builder
		 */
		Builder interceptor(CallInterceptor interceptor);

		/**
		 * Mounts an adapter that the session owns and closes.
		 * @param prefix the prefix of the URLs it serves, such as {@code https://}
		 * @param adapter the adapter
		 * @return this builder
		 */
		Builder mount(String prefix, Adapter adapter);

		/**
		 * Mounts an adapter that the session does not close.
		 * @param prefix the prefix of the URLs it serves
		 * @param adapter the adapter
		 * @return this builder
		 */
		Builder mountShared(String prefix, Adapter adapter);

		/**
		 * Removes the adapter that is mounted under a prefix. A session without an
		 * adapter for {@code http://}, for example, rejects plain http URLs. The adapter
		 * stays open and the caller must close it, as in {@link Session#unmount}.
		 * @param prefix the prefix, exactly as it was mounted
		 * @return this builder
		 */
		Builder unmount(String prefix);

		/**
		 * Sets whether each POST and PATCH call gets a random {@code Idempotency-Key}
		 * (draft-ietf-httpapi-idempotency-key-header). Retries and redirects of the call
		 * send the same key, so that a server that supports it processes the call once.
		 * Therefore the call is retried like one with an idempotent method. A key among
		 * the headers of a request overrides the random one, and a null value omits it.
		 * Calls to origins that are not trusted get none.
		 * @param add the setting; {@code false} by default
		 * @return this builder
		 */
		Builder idempotencyKeys(boolean add);

		/**
		 * Sets from which length request bodies are compressed with gzip (RFC 9110
		 * section 8.4). Servers must support that, because a client cannot ask them
		 * first. Bodies of unknown length are always compressed. A body that is not in
		 * memory is compressed while it is sent, in chunks. Bodies are not compressed if
		 * the request has a header about their bytes, such as {@code Content-Encoding} or
		 * {@code Content-Digest}, if their media type is compressed already, or if they
		 * go to an origin that is not trusted. A {@code Content-Encoding} with value null
		 * switches compression off for one call.
		 * @param minLength the length in bytes, such as 2048; by default, a negative
		 * number for never
		 * @return this builder
		 */
		Builder compressBodies(long minLength);

		/**
		 * Sets the mapper for JSON bodies in both directions.
		 * @param mapper the mapper
		 * @return this builder
		 */
		Builder jsonMapper(JsonMapper mapper);

		/**
		 * Sets query parameters whose values are masked in exception messages, in
		 * addition to well-known secrets such as {@code api_key}.
		 * @param names the names before encoding; empty by default
		 * @return this builder
		 */
		Builder maskedParams(Set<String> names);

		/**
		 * Sets how messages of exceptions name the settings of the session. By default
		 * they have the names of the methods that set them, such as {@code maxRedirects};
		 * for a session whose settings come from a file, its keys are of more use.
		 * @param names returns what to call a setting, given the name of its method; for
		 * names that it does not know, the name itself. Must be thread-safe
		 * @return this builder
		 */
		Builder settingNames(UnaryOperator<String> names);

		/**
		 * Sets whether the session rejects later changes of its settings.
		 * @param frozen the setting
		 * @return this builder
		 */
		Builder frozen(boolean frozen);

		/**
		 * Builds the session. Creates an adapter for http and https unless others were
		 * mounted or the prefix was unmounted.
		 * @return the session
		 */
		Session build();

	}

}
