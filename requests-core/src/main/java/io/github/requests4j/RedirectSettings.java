package io.github.requests4j;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a session follows redirects. Immutable.
 *
 * @param max how many are followed
 * @param allow whether they are followed where a request says nothing, or null if never
 * set
 * @param rules the rules
 * @param strict whether credentials are dropped even when http becomes https on the same
 * host
 * @param secretHeaders names of headers, in lower case, that never leave their origin
 */
record RedirectSettings(int max, @Nullable Boolean allow, RedirectRules rules, boolean strict,
		Set<String> secretHeaders) {

	static final RedirectSettings DEFAULTS = new RedirectSettings(Session.DEFAULT_REDIRECT_LIMIT, null,
			RedirectRules.DEFAULTS, false, Set.of());

}
