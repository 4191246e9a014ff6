package io.github.requests4j.spring.oauth2;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.core.OAuth2Token;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.url.UrlText;

/**
 * The user on whose behalf the current thread makes calls. Thread-safe.
 */
final class Caller {

	private static final String NO_AUTHENTICATION = "the thread '%s' has no authentication. Make the call while an"
			+ " authenticated request is handled, and propagate the security context to other threads, for example with"
			+ " DelegatingSecurityContextExecutor.";

	private static final String NO_TOKEN = "%s contains no token. Authenticate callers by their bearer token, as"
			+ " spring-boot-starter-security-oauth2-resource-server does.";

	private final Supplier<SecurityContextHolderStrategy> contexts;

	Caller(ObjectProvider<SecurityContextHolderStrategy> contexts) {
		this.contexts = () -> contexts.getIfAvailable(SecurityContextHolder::getContextHolderStrategy);
	}

	/**
	 * Returns the current user.
	 * @param request the request that needs the user
	 * @param need the reason why a user is needed, for the message
	 * @throws MissingTokenException if no user is authenticated
	 */
	Authentication require(PreparedRequest request, String need) {
		Authentication caller = this.contexts.get().getContext().getAuthentication();
		if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken) {
			throw missing(request, need, NO_AUTHENTICATION.formatted(Thread.currentThread().getName()));
		}
		return caller;
	}

	/**
	 * Returns the token of a user.
	 * @param request the request that needs the token
	 * @param need the reason why a token is needed, for the message
	 * @throws MissingTokenException if the user has no token
	 */
	static OAuth2Token requireToken(Authentication caller, PreparedRequest request, String need) {
		OAuth2Token token = token(caller);
		if (token == null) {
			throw missing(request, need, NO_TOKEN.formatted(caller.getClass().getSimpleName()));
		}
		return token;
	}

	/** Returns the token with which a user was authenticated, or null. */
	static @Nullable OAuth2Token token(Authentication caller) {
		if (caller.getCredentials() instanceof OAuth2Token token) {
			return token;
		}
		return (caller.getPrincipal() instanceof OAuth2Token token) ? token : null;
	}

	private static RuntimeException missing(PreparedRequest request, String need, String reason) {
		return new MissingTokenException(
				UrlText.call(request.method(), request.parsedUrl()) + ": " + need + ", but " + reason)
			.attach(request, null);
	}

}
