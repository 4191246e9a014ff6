package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.internal.url.ParsedUrl;

/**
 * Finds netrc credentials for the next hop of a redirect. The {@code default} entry does
 * not count there: it was meant for hosts that the caller chose, and on the caller's own
 * host it was already used (threats 2 and 7, CVE-2024-47081).
 *
 * @param environment where the netrc file is found
 */
record NetrcLookup(RequestsEnvironment environment) implements RedirectContext.CredentialsLookup {

	@Override
	public @Nullable Auth find(String url) {
		return Netrc.find(ParsedUrl.parse(url), this.environment, false);
	}

}
