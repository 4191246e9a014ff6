package io.github.requests4j;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Response;

/**
 * One step of a chain of redirects, as {@link RedirectRules} see it. The request is the
 * one that will be sent next, to be changed in place.
 *
 * @param request the next request, still with the headers of the one before
 * @param response the redirect response
 * @param proxies the proxies of the call
 * @param secretHeaders names of headers, in lower case, that never leave the origin they
 * were meant for
 * @param strict whether credentials are dropped even where a plain http address becomes
 * https on the same host
 * @param netrc finds credentials of the environment for the host of the next request;
 * {@code null} when the environment is not trusted, or the call or the session brought
 * credentials of its own
 */
public record RedirectContext(PreparedRequest request, Response response, Proxies proxies, Set<String> secretHeaders,
		boolean strict, @Nullable CredentialsLookup netrc) {

	/**
	 * Finds credentials for a URL.
	 */
	@FunctionalInterface
	public interface CredentialsLookup {

		/**
		 * Looks for credentials.
		 * @param url the URL
		 * @return the auth, or {@code null} if there is none
		 */
		@Nullable Auth find(String url);

	}

}
