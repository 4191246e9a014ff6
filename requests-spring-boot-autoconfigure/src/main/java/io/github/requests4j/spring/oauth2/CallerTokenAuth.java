package io.github.requests4j.spring.oauth2;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.spring.internal.session.CallerAuth;

/**
 * Sends a token that a client registration obtained for the caller. Keeps the tokens of
 * the users that made calls most recently. Thread-safe.
 */
final class CallerTokenAuth implements CallerAuth {

	/** The maximum number of users whose tokens are kept. */
	static final int MAX_USERS = 1000;

	private final String registration;

	private final Caller caller;

	private final Supplier<UserTokens> tokens;

	private final BiFunction<TokenKey, TokenSource.Fetcher, TokenSource> factory;

	private final Map<TokenKey, TokenSource> sources = new LinkedHashMap<>(16, 0.75F, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<TokenKey, TokenSource> eldest) {
			return size() > MAX_USERS;
		}

	};

	/**
	 * Creates an auth.
	 * @param registration the id of the registration
	 * @param caller finds the user
	 * @param tokens called for each request, because the beans of the application may
	 * themselves need sessions
	 * @param factory creates the source of the tokens of one user
	 */
	CallerTokenAuth(String registration, Caller caller, Supplier<UserTokens> tokens,
			BiFunction<TokenKey, TokenSource.Fetcher, TokenSource> factory) {
		this.registration = registration;
		this.caller = caller;
		this.tokens = tokens;
		this.factory = factory;
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		String need = "the client registration '" + this.registration + "' obtains tokens for the caller";
		Authentication user = this.caller.require(request, need);
		UserTokens users = this.tokens.get();
		OAuth2Token presented = switch (users.subject()) {
			case NAME -> null;
			case TOKEN -> Caller.requireToken(user, request, need);
			case ANY -> Caller.token(user);
		};
		TokenKey key = new TokenKey(this.registration, user.getName(),
				(presented != null) ? presented.getTokenValue() : "");
		return new TokenAuth(this.registration, source(key, user, users)).apply(request);
	}

	private TokenSource source(TokenKey key, Authentication user, UserTokens users) {
		synchronized (this.sources) {
			return this.sources.computeIfAbsent(key,
					(missing) -> this.factory.apply(missing, users.fetchers().apply(user)));
		}
	}

	@Override
	public String toString() {
		return "CallerTokenAuth[registration=" + this.registration + "]";
	}

}
