package io.github.requests4j;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * The attributes of a session. They can be changed at any time and hold for calls
 * prepared afterwards. Sessions that Spring makes are shared by everybody and therefore
 * frozen: there each setter throws {@link IllegalStateException}, and
 * {@link Session#derive} makes a session with other settings over the same connections.
 * <pre>{@code
 * session.header("Accept-Language", "en");
 * session.cookies().set("theme", "dark");
 * Session hasty = session.derive((builder) -> builder.timeout(Duration.ofSeconds(1)));
 * }</pre>
 */
public interface SessionAttributes {

	/**
	 * The headers that every request carries, unless it sets its own.
	 * @return the headers as they are now; they throw
	 * {@link UnsupportedOperationException} when they are changed, as that would not
	 * reach the session
	 */
	CaseInsensitiveHeaders headers();

	/**
	 * The headers that every request carries, unless it sets its own.
	 * @param headers the headers, in place of those before
	 * @throws IllegalStateException if this session is frozen
	 */
	void headers(Map<String, ? extends @Nullable String> headers);

	/**
	 * The query parameters that every request carries.
	 * @return the parameters, or {@code null} for none
	 */
	@Nullable KeyValues params();

	/**
	 * The query parameters that every request carries.
	 * @param params the parameters, or {@code null} for none
	 * @throws IllegalStateException if this session is frozen
	 */
	void params(@Nullable KeyValues params);

	/**
	 * The auth of requests that bring none of their own.
	 * @return the auth, or {@code null} for none
	 */
	@Nullable Auth auth();

	/**
	 * The auth of requests that bring none of their own.
	 * @param auth the auth, or {@code null} for none
	 * @throws IllegalStateException if this session is frozen
	 */
	void auth(@Nullable Auth auth);

	/**
	 * The proxies.
	 * @return the proxies
	 */
	Proxies proxies();

	/**
	 * The proxies.
	 * @param proxies the proxies
	 * @throws IllegalStateException if this session is frozen
	 */
	void proxies(Proxies proxies);

	/**
	 * The response hooks and exchange listeners.
	 * @return the hooks
	 */
	Hooks hooks();

	/**
	 * The response hooks and exchange listeners.
	 * @param hooks the hooks
	 * @throws IllegalStateException if this session is frozen
	 */
	void hooks(Hooks hooks);

	/**
	 * How certificates of servers are checked.
	 * @return the setting
	 */
	Verify verify();

	/**
	 * How certificates of servers are checked.
	 * @param verify the setting; once set, it beats REQUESTS_CA_BUNDLE (difference row
	 * 189)
	 * @throws IllegalStateException if this session is frozen
	 */
	void verify(Verify verify);

	/**
	 * The certificate of this client.
	 * @return the certificate, or {@code null} for none
	 */
	@Nullable ClientCert cert();

	/**
	 * The certificate of this client.
	 * @param cert the certificate, or {@code null} for none
	 * @throws IllegalStateException if this session is frozen
	 */
	void cert(@Nullable ClientCert cert);

	/**
	 * The timeouts of requests that bring none of their own.
	 * @return the timeouts
	 */
	Timeouts timeouts();

	/**
	 * The timeouts of requests that bring none of their own.
	 * @param timeouts the timeouts
	 * @throws IllegalStateException if this session is frozen
	 */
	void timeouts(Timeouts timeouts);

	/**
	 * Whether bodies are left unread unless a request says otherwise.
	 * @return the setting
	 */
	boolean stream();

	/**
	 * Whether bodies are left unread unless a request says otherwise.
	 * @param stream {@code true} to leave bodies unread
	 * @throws IllegalStateException if this session is frozen
	 */
	void stream(boolean stream);

	/**
	 * Whether proxies, CA bundles and netrc of the environment count.
	 * @return the setting
	 */
	boolean trustEnv();

	/**
	 * Whether proxies, CA bundles and netrc of the environment count.
	 * @param trustEnv whether they count
	 * @throws IllegalStateException if this session is frozen
	 */
	void trustEnv(boolean trustEnv);

	/**
	 * How many redirects are followed.
	 * @return the limit
	 */
	int maxRedirects();

	/**
	 * How many redirects are followed.
	 * @param maxRedirects the limit, 0 or more
	 * @throws IllegalStateException if this session is frozen
	 */
	void maxRedirects(int maxRedirects);

	/**
	 * Sets HTTP Basic as the auth of requests that bring none of their own.
	 * @param username the user name
	 * @param password the password
	 * @throws IllegalStateException if this session is frozen
	 */
	default void auth(String username, String password) {
		auth(new HttpBasicAuth(username, password));
	}

	/**
	 * Sets whether certificates of servers are checked.
	 * @param verify {@code false} to check nothing, not even the host name
	 * @throws IllegalStateException if this session is frozen
	 */
	default void verify(boolean verify) {
		verify(Verify.of(verify));
	}

	/**
	 * Sets one header that every request carries.
	 * @param name the name
	 * @param value the value; {@code null} to carry it no longer
	 * @throws IllegalStateException if this session is frozen
	 */
	void header(String name, @Nullable String value);

	/**
	 * The cookies of this session, which change with every response that sets some.
	 * @return the jar itself
	 */
	CookieJar cookies();

	/**
	 * The adapters by the prefix they are mounted under, in the order in which they are
	 * tried.
	 * @return the adapters, not to be changed
	 */
	Map<String, Adapter> adapters();

}
