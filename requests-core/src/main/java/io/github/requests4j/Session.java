package io.github.requests4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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
 * Keeps settings, cookies and connections over many calls. Safe for many threads; a call
 * sees the settings as they were when it began. Close it when it is no longer needed: it
 * closes the adapters that it owns and rejects new calls, while responses that are still
 * being streamed stay readable. <pre>{@code
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
 * {@link #update} changes the settings for later calls, {@link #derive} makes another
 * session with other settings over the same connections. Sessions that Spring makes are
 * shared and therefore frozen: they can be derived from, but not updated. <pre>{@code
 * session.update((builder) -> builder.header("Accept-Language", "en").trustEnv(false));
 * session.cookies().set("theme", "dark");
 * Session hasty = session.derive((builder) -> builder.timeout(Duration.ofSeconds(1)));
 * }</pre>
 *
 * @see Requests
 */
public interface Session extends RequestMethods, AutoCloseable {

	/** How many redirects are followed unless set otherwise. */
	int DEFAULT_REDIRECT_LIMIT = 30;

	/**
	 * Creates a session with the defaults of requests.
	 * @return the session
	 */
	static Session create() {
		return builder().build();
	}

	/**
	 * Starts a session.
	 * @return a builder
	 */
	static Builder builder() {
		return new DefaultSessionBuilder();
	}

	/**
	 * Changes the settings of this session for calls that begin afterwards. The changes
	 * take effect together, or not at all if the function throws. <pre>{@code
	 * session.update((builder) -> builder.auth("user", password).maxRedirects(5));
	 * }</pre>
	 * @param changes changes the settings, starting from those of now; the cookie jar is
	 * the one that cannot be replaced
	 * @throws IllegalStateException if this session is frozen
	 */
	void update(Consumer<Builder> changes);

	/**
	 * Creates a session with other settings over the same adapters, which it does not
	 * own, and the same cookie jar. Closing it leaves this session open.
	 * @param changes changes the settings, starting from those of this session
	 * @return the new session, which is not frozen
	 */
	Session derive(Consumer<Builder> changes);

	/**
	 * Merges the settings of this session into a request and prepares it.
	 * @param request the request
	 * @return the request to send
	 * @throws RequestException if a part is not valid
	 */
	PreparedRequest prepareRequest(Request request);

	/**
	 * Prepares what {@link #request} would send, without sending it.
	 * @param method the method
	 * @param url the URL
	 * @param options sets what else the request needs; how it would be sent is ignored
	 * @return the request that would be sent
	 * @throws RequestException if a part is not valid
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
	 * Fills in how a request is sent from the session and the environment.
	 * @param url the URL that will be called
	 * @param options what the call sets itself
	 * @return the options with everything filled in
	 */
	SendOptions mergeEnvironmentSettings(String url, SendOptions options);

	/**
	 * Returns the adapter for a URL: the one with the longest prefix that the URL begins
	 * with. A prefix does not match in the middle of a host name.
	 * @param url the URL
	 * @return the adapter
	 * @throws InvalidSchemaException if none is mounted for it
	 */
	Adapter getAdapter(String url);

	/**
	 * Returns the adapters by the prefix they are mounted under.
	 * @return the adapters in the order in which they are tried, not to be changed
	 */
	Map<String, Adapter> adapters();

	/**
	 * Mounts an adapter, which the session owns from now on and closes. An adapter that
	 * was mounted under the same prefix stays open for calls under way, until the session
	 * is closed.
	 * @param prefix the beginning of the URLs it serves, such as
	 * {@code https://api.example.com/}
	 * @param adapter the adapter
	 * @throws IllegalStateException if this session is frozen
	 */
	void mount(String prefix, Adapter adapter);

	/**
	 * Removes the adapter that is mounted under a prefix. Calls that begin afterwards use
	 * the next shorter prefix. The adapter stays open, because calls may still be using
	 * it; it belongs to the caller now, who closes it, unless it is mounted under another
	 * prefix too.
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
	 * Returns the headers of every request, unless it sets its own.
	 * @return the headers as they are now; they throw
	 * {@link UnsupportedOperationException} when they are changed, as that would not
	 * reach the session
	 */
	CaseInsensitiveHeaders headers();

	/**
	 * Returns the query parameters of every request.
	 * @return the parameters, or {@code null} for none
	 */
	@Nullable KeyValues params();

	/**
	 * Returns the auth of requests without their own.
	 * @return the auth, or {@code null} for none
	 */
	@Nullable Auth auth();

	/**
	 * Returns the cookies of this session, which change with every response that sets
	 * some.
	 * @return the jar itself, which can be changed even if the session is frozen
	 */
	CookieJar cookies();

	/**
	 * Returns the proxies that were set.
	 * @return the proxies, without those of the environment
	 */
	Proxies proxies();

	/**
	 * Returns the response hooks and exchange listeners.
	 * @return the hooks
	 */
	Hooks hooks();

	/**
	 * Returns how certificates of servers are checked.
	 * @return the setting
	 */
	Verify verify();

	/**
	 * Returns the certificate of this client.
	 * @return the certificate, or {@code null} for none
	 */
	@Nullable ClientCert cert();

	/**
	 * Returns the timeouts of requests without their own.
	 * @return the timeouts
	 */
	Timeouts timeouts();

	/**
	 * Returns whether bodies are left unread unless a request sets it.
	 * @return the setting
	 */
	boolean stream();

	/**
	 * Returns whether proxies, CA bundles and netrc of the environment apply.
	 * @return the setting
	 */
	boolean trustEnv();

	/**
	 * Returns how many redirects are followed.
	 * @return the limit
	 */
	int maxRedirects();

	/**
	 * Returns the interceptors that wrap each call, the outermost first.
	 * @return the interceptors, not to be changed
	 */
	List<CallInterceptor> interceptors();

	/**
	 * Returns where a response redirects to. To change this or another rule of redirects,
	 * give the builder {@link RedirectRules}.
	 * @param response the response
	 * @return the Location as it was sent, or {@code null} if the response is not a
	 * redirect
	 */
	@Nullable String getRedirectTarget(Response response);

	/**
	 * Returns whether an Authorization header must be dropped on the way from one URL to
	 * another.
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL it redirects to
	 * @return {@code true} if it must be dropped
	 */
	boolean shouldStripAuth(String oldUrl, String newUrl);

	/**
	 * Sets the method of the next request.
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildMethod(PreparedRequest request, Response response);

	/**
	 * Drops or replaces the Authorization of the next request.
	 * @param request the next request, changed in place
	 * @param response the redirect response
	 */
	void rebuildAuth(PreparedRequest request, Response response);

	/**
	 * Finds the proxies of the next request and sets its Proxy-Authorization.
	 * @param request the next request, changed in place
	 * @param proxies the proxies of the call, or {@code null} for none
	 * @return the proxies to use
	 */
	Proxies rebuildProxies(PreparedRequest request, @Nullable Proxies proxies);

	/**
	 * Follows a chain of redirects, one hop each time the iterator moves. Unless the
	 * options have a deadline, the session's deadline applies to the whole chain and
	 * starts with this call.
	 * @param response the response to start from
	 * @param request the request that it answers
	 * @param options how the hops are sent
	 * @return the responses that follow; empty if the response is not a redirect
	 * @throws RequestException while moving, if a hop fails or the limit is passed
	 */
	Iterator<Response> resolveRedirects(Response response, PreparedRequest request, SendOptions options);

	/**
	 * Returns the next request of a chain of redirects, without sending them
	 * ({@code yield_requests}).
	 * @param response the response to start from
	 * @param request the request that it answers
	 * @param options how the hop would be sent
	 * @return the request that would be sent next; empty if the response is not a
	 * redirect
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
	 * Builds a {@link Session}, and changes one in {@link Session#update}. What a call
	 * can set as well is set in the same forms here and in {@link RequestOptions}. Not
	 * thread-safe; may be used again for another session, which then shares the adapters
	 * mounted here.
	 */
	interface Builder {

		/**
		 * Names the session, for metrics and messages.
		 * @param name the name
		 * @return this builder
		 */
		Builder name(String name);

		/**
		 * Sets the URL that relative URLs are joined to. The session's auth, headers and
		 * params then go to its origin only.
		 * @param baseUrl an absolute http or https URL
		 * @return this builder
		 * @throws IllegalArgumentException if it is not one
		 */
		Builder baseUrl(String baseUrl);

		/**
		 * Adds origins that get the session's auth, headers and params beside that of the
		 * base URL.
		 * @param origins such as {@code https://files.example.com}
		 * @return this builder
		 */
		Builder trustedOrigins(String... origins);

		/**
		 * Sets one header that every request carries.
		 * @param name the name
		 * @param value the value; {@code null} to remove one that was set before, or a
		 * default one
		 * @return this builder
		 */
		Builder header(String name, @Nullable String value);

		/**
		 * Sets headers that every request carries.
		 * @param headers names and values; null values remove what was set before
		 * @return this builder
		 */
		default Builder headers(Map<String, ? extends @Nullable String> headers) {
			headers.forEach(this::header);
			return this;
		}

		/**
		 * Removes all headers, those that are sent by default included.
		 * @return this builder
		 */
		Builder clearHeaders();

		/**
		 * Adds a query parameter that every request carries.
		 * @param name the name
		 * @param value the value; a collection repeats the name, {@code null} leaves it
		 * out
		 * @return this builder
		 */
		Builder param(String name, @Nullable Object value);

		/**
		 * Adds query parameters that every request carries.
		 * @param params names and values
		 * @return this builder
		 */
		default Builder params(Map<String, ?> params) {
			params.forEach(this::param);
			return this;
		}

		/**
		 * Sets text as the query that every request carries, in place of parameters
		 * before. The text is quoted where necessary, but not encoded again.
		 * @param text the text, such as {@code a=1&b=2}
		 * @return this builder
		 */
		default Builder params(String text) {
			return params(KeyValues.fromText(text));
		}

		/**
		 * Sets the query parameters that every request carries, in place of those before.
		 * @param params the parameters, or {@code null} for none
		 * @return this builder
		 */
		Builder params(@Nullable KeyValues params);

		/**
		 * Sets HTTP Basic as the auth.
		 * @param username the user name
		 * @param password the password
		 * @return this builder
		 */
		default Builder auth(String username, String password) {
			return auth(new HttpBasicAuth(username, password));
		}

		/**
		 * Sets the auth of requests without their own.
		 * @param auth the auth, or {@code null} for none
		 * @return this builder
		 */
		Builder auth(@Nullable Auth auth);

		/**
		 * Sets one limit for connecting and for each read. Without it there is none, as
		 * in requests.
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
		 * Sets the limit for a whole call: redirects, retries, pauses and body included.
		 * @param deadline the limit, or {@code null} for none
		 * @return this builder
		 */
		Builder deadline(@Nullable Duration deadline);

		/**
		 * Sets a proxy.
		 * @param key scheme, {@code scheme://host}, {@code all} or {@code no_proxy}
		 * @param url the URL of the proxy; {@code null} for none
		 * @return this builder
		 * @throws RequestException if the URL cannot be used
		 */
		Builder proxy(String key, @Nullable String url);

		/**
		 * Adds proxies to those before.
		 * @param proxies keys and URLs, as for {@link #proxy(String, String)}
		 * @return this builder
		 * @throws RequestException if a URL cannot be used
		 */
		default Builder proxies(Map<String, ? extends @Nullable String> proxies) {
			proxies.forEach(this::proxy);
			return this;
		}

		/**
		 * Sets the proxies, in place of those before.
		 * @param proxies the proxies; {@code null} for none
		 * @return this builder
		 * @throws RequestException if a URL cannot be used
		 */
		Builder proxies(@Nullable Proxies proxies);

		/**
		 * Sets whether certificates are checked.
		 * @param verify {@code false} to check nothing, not even the host name
		 * @return this builder
		 */
		default Builder verify(boolean verify) {
			return verify(Verify.of(verify));
		}

		/**
		 * Sets the authorities to check certificates against.
		 * @param authorities a PEM file or a folder of them
		 * @return this builder
		 */
		default Builder verify(Path authorities) {
			return verify(Verify.authorities(authorities));
		}

		/**
		 * Sets how certificates are checked. Once set, it beats REQUESTS_CA_BUNDLE.
		 * @param verify the setting
		 * @return this builder
		 */
		Builder verify(Verify verify);

		/**
		 * Sets the certificate of this client.
		 * @param pem a PEM file with certificate and key
		 * @return this builder
		 */
		default Builder cert(Path pem) {
			return cert(ClientCert.of(pem));
		}

		/**
		 * Sets the certificate of this client.
		 * @param certificate the PEM file of the certificate
		 * @param privateKey the PEM file of the key
		 * @return this builder
		 */
		default Builder cert(Path certificate, Path privateKey) {
			return cert(ClientCert.of(certificate, privateKey));
		}

		/**
		 * Sets the certificate of this client.
		 * @param cert the certificate, or {@code null} for none
		 * @return this builder
		 */
		Builder cert(@Nullable ClientCert cert);

		/**
		 * Sets how many redirects are followed.
		 * @param maxRedirects the limit, 0 or more
		 * @return this builder
		 */
		Builder maxRedirects(int maxRedirects);

		/**
		 * Sets whether redirects are followed unless a request sets it.
		 * @param allowRedirects the setting; the methods' own defaults if never set
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
		 * Sets whether credentials are dropped even where http becomes https on the same
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
		 * Sets whether bodies are left unread.
		 * @param stream the setting
		 * @return this builder
		 */
		Builder stream(boolean stream);

		/**
		 * Sets whether proxies, CA bundles and netrc of the environment count.
		 * @param trustEnv the setting; {@code true} by default
		 * @return this builder
		 */
		Builder trustEnv(boolean trustEnv);

		/**
		 * Sets where the environment is read.
		 * @param environment the environment
		 * @return this builder
		 */
		Builder environment(RequestsEnvironment environment);

		/**
		 * Adds a cookie to the jar of the session.
		 * @param name the name
		 * @param value the value; {@code null} sends the bare name
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
		 * Sets the jar to start with, which the session then uses and changes.
		 * @param jar the jar
		 * @return this builder
		 * @throws IllegalStateException in {@link Session#update}, since the jar of a
		 * session stays the same
		 */
		Builder cookies(CookieJar jar);

		/**
		 * Sets who shares the cookies that servers set.
		 * @param scope the scope; {@link CookieScope#SHARED} by default
		 * @return this builder
		 */
		Builder cookieScope(CookieScope scope);

		/**
		 * Sets the response hooks and exchange listeners, in place of those before.
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
		 * Adds a listener of exchanges.
		 * @param listener the listener
		 * @return this builder
		 */
		Builder listener(ExchangeListener listener);

		/**
		 * Adds an interceptor inside those before it.
		 * @param interceptor the interceptor
		 * @return this builder
		 */
		Builder interceptor(CallInterceptor interceptor);

		/**
		 * Mounts an adapter that the session owns and closes.
		 * @param prefix the beginning of the URLs it serves, such as {@code https://}
		 * @param adapter the adapter
		 * @return this builder
		 */
		Builder mount(String prefix, Adapter adapter);

		/**
		 * Mounts an adapter that its owner closes, not the session.
		 * @param prefix the beginning of the URLs it serves
		 * @param adapter the adapter
		 * @return this builder
		 */
		Builder mountShared(String prefix, Adapter adapter);

		/**
		 * Removes the adapter that is mounted under a prefix. Without one for
		 * {@code http://}, say, the session makes no plain calls. The adapter stays open
		 * and belongs to the caller, as in {@link Session#unmount}.
		 * @param prefix the prefix, exactly as it was mounted
		 * @return this builder
		 */
		Builder unmount(String prefix);

		/**
		 * Sets the mapper for JSON bodies in both directions.
		 * @param mapper the mapper
		 * @return this builder
		 */
		Builder jsonMapper(JsonMapper mapper);

		/**
		 * Sets query parameters whose values the messages of exceptions mask, beside
		 * those whose names are known to be secret, such as {@code api_key}.
		 * @param names the names, as they are before they are encoded; none if not set
		 * @return this builder
		 */
		Builder maskedParams(Set<String> names);

		/**
		 * Sets whether the session rejects later changes of its settings.
		 * @param frozen the setting
		 * @return this builder
		 */
		Builder frozen(boolean frozen);

		/**
		 * Builds the session. Adapters for http and https are created unless others were
		 * mounted or they were unmounted.
		 * @return the session
		 */
		Session build();

	}

}
