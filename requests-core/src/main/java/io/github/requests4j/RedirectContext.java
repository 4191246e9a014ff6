package io.github.requests4j;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Response;

/**
 * One step of a redirect chain, as passed to {@link RedirectRules}. The request is the
 * one that will be sent next; rules change it in place.
 *
 * @param request the next request, still with the headers of the previous one
 * @param response the redirect response
 * @param proxies the proxies of the call
 * @param secretHeaders lower-case names of headers that are dropped when the origin
 * changes
 * @param strict whether credentials are dropped even if http becomes https on the same
 * host
 * @param netrc looks up credentials in the environment for the host of the next request;
 * {@code null} if the environment is not trusted, or if the call or the session has its
 * own credentials
 */
public record RedirectContext(PreparedRequest request, Response response, Proxies proxies, Set<String> secretHeaders,
		boolean strict, @Nullable CredentialsLookup netrc) {

	/**
	 * Looks up credentials for a URL.
	 */
	@FunctionalInterface
	public interface CredentialsLookup {

		/**
		 * Returns the credentials for a URL.
		 * @param url the URL
		 * @return the auth, or {@code null} if there is none
		 */
		@Nullable Auth find(String url);

	}

}
