package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.url.Url;

/**
 * Finds netrc credentials for the next hop of a redirect. The {@code default} entry does
 * not count once a redirect has left its host: it was meant for hosts that the caller
 * chose (threat 7, CVE-2024-47081).
 *
 * @param response the redirect response
 * @param environment where the netrc file is found
 */
record NetrcLookup(Response response, RequestsEnvironment environment) implements RedirectContext.CredentialsLookup {

	@Override
	public @Nullable Auth find(String url) {
		Url next = Url.parse(url);
		String from = Url.split(this.response.url()).host();
		boolean sameHost = from != null && from.equalsIgnoreCase(next.host());
		return Netrc.find(next, this.environment, sameHost);
	}

}
