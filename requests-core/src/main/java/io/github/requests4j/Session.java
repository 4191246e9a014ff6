package io.github.requests4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * Keeps settings, cookies and connections over many calls. Safe for many threads; a call
 * sees the settings as they were when it was prepared. Close it when it is no longer
 * needed: it closes the adapters that it owns and refuses new calls, while responses that
 * are still being streamed stay readable (difference rows 1, 15). <pre>{@code
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
 *
 * @see Requests
 */
public interface Session extends RequestMethods, SessionAttributes, SessionRedirects, AutoCloseable {

	/** How many redirects are followed unless set otherwise. */
	int DEFAULT_REDIRECT_LIMIT = 30;

	/**
	 * Makes a session with the defaults of requests.
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
	 * The name of this session.
	 * @return the name, or {@code null} if it has none
	 */
	@Nullable String name();

	/**
	 * Merges the settings of this session into a request and prepares it (behaviours
	 * 17-21, 102, 103, 125).
	 * @param request the request
	 * @return the request to send
	 * @throws RequestException if a part is not valid
	 */
	PreparedRequest prepareRequest(Request request);

	/**
	 * Prepares what {@link #request} would send, without sending it.
	 * @param method the method
	 * @param url the URL
	 * @param options sets what else the request needs
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
	 * Fills in stream, verify, cert and proxies from the session and the environment
	 * (behaviours 176, 189).
	 * @param url the URL that will be called
	 * @param options what the call sets itself
	 * @return the options with everything filled in
	 */
	SendOptions mergeEnvironmentSettings(String url, SendOptions options);

	/**
	 * Finds the adapter for a URL: the longest prefix that fits, at a host boundary
	 * (behaviour 196).
	 * @param url the URL
	 * @return the adapter
	 * @throws InvalidSchemaException if none is mounted for it
	 */
	Adapter getAdapter(String url);

	/**
	 * Mounts an adapter; the session owns it from now on and closes it.
	 * @param prefix the beginning of the URLs it serves, such as
	 * {@code https://api.example.com/}
	 * @param adapter the adapter
	 * @throws IllegalStateException if this session is frozen
	 */
	void mount(String prefix, Adapter adapter);

	/**
	 * The interceptors that wrap each call, the outermost first.
	 * @return the interceptors, not to be changed
	 */
	List<CallInterceptor> interceptors();

	/**
	 * Makes a session with other settings over the same adapters, which it does not own,
	 * and the same cookie jar. Closing it leaves this session open.
	 * @param changes changes the settings
	 * @return the new session, which is not frozen
	 */
	Session derive(Consumer<Builder> changes);

	/**
	 * Whether this session was closed.
	 * @return {@code true} after {@link #close()}
	 */
	boolean isClosed();

	/**
	 * Closes the adapters that this session owns. New calls are refused with
	 * {@link IllegalStateException}. Idempotent.
	 */
	@Override
	void close();

	/**
	 * Builds a {@link Session}. For one thread; may be used again for another session,
	 * which then shares the adapters mounted here.
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
		 * @param value the value; {@code null} to leave out a default one
		 * @return this builder
		 */
		Builder header(String name, @Nullable String value);

		/**
		 * Sets headers that every request carries.
		 * @param headers names and values; null values leave out defaults
		 * @return this builder
		 */
		Builder headers(Map<String, ? extends @Nullable String> headers);

		/**
		 * Adds a query parameter that every request carries.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		Builder param(String name, Object value);

		/**
		 * Adds query parameters that every request carries.
		 * @param params names and values
		 * @return this builder
		 */
		Builder params(Map<String, ?> params);

		/**
		 * Sets HTTP Basic as the auth.
		 * @param username the user name
		 * @param password the password
		 * @return this builder
		 */
		Builder auth(String username, String password);

		/**
		 * Sets the auth.
		 * @param auth the auth, or {@code null} for none
		 * @return this builder
		 */
		Builder auth(@Nullable Auth auth);

		/**
		 * Sets one limit for connecting and for each read. Without it there is none, as
		 * in requests.
		 * @param both the limit
		 * @return this builder
		 */
		Builder timeout(Duration both);

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
		 * @param key scheme, {@code scheme://host} or {@code all}
		 * @param url the URL of the proxy; {@code null} for none
		 * @return this builder
		 */
		Builder proxy(String key, @Nullable String url);

		/**
		 * Sets the proxies.
		 * @param proxies the proxies
		 * @return this builder
		 */
		Builder proxies(Proxies proxies);

		/**
		 * Sets whether certificates are checked.
		 * @param verify {@code false} to check nothing, not even the host name
		 * @return this builder
		 */
		Builder verify(boolean verify);

		/**
		 * Sets the authorities to check certificates against.
		 * @param authorities a PEM file or a folder of them
		 * @return this builder
		 */
		Builder verify(Path authorities);

		/**
		 * Sets how certificates are checked.
		 * @param verify the setting
		 * @return this builder
		 */
		Builder verify(Verify verify);

		/**
		 * Sets the certificate of this client.
		 * @param pem a PEM file with certificate and key
		 * @return this builder
		 */
		Builder cert(Path pem);

		/**
		 * Sets the certificate of this client.
		 * @param certificate the PEM file of the certificate
		 * @param privateKey the PEM file of the key
		 * @return this builder
		 */
		Builder cert(Path certificate, Path privateKey);

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
		 * Sets whether redirects are followed where a request says nothing.
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
		 * Sets the jar to start with, which the session then uses and changes.
		 * @param jar the jar
		 * @return this builder
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
		 * Mounts an adapter that somebody else closes.
		 * @param prefix the beginning of the URLs it serves
		 * @param adapter the adapter
		 * @return this builder
		 */
		Builder mountShared(String prefix, Adapter adapter);

		/**
		 * Sets the mapper for JSON bodies in both directions.
		 * @param mapper the mapper
		 * @return this builder
		 */
		Builder jsonMapper(JsonMapper mapper);

		/**
		 * Sets query parameters whose values the messages of exceptions mask, beside
		 * those whose names tell that they are secret, such as {@code api_key}.
		 * @param names the names, as they are before they are encoded; none if not set
		 * @return this builder
		 */
		Builder maskedParams(Set<String> names);

		/**
		 * Sets whether the attributes of the session refuse to be changed.
		 * @param frozen the setting
		 * @return this builder
		 */
		Builder frozen(boolean frozen);

		/**
		 * Builds the session. Adapters for http and https are made unless they were
		 * mounted.
		 * @return the session
		 */
		Session build();

	}

}
