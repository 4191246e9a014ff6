package io.github.requests4j.sample.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Requires a bearer token (RFC 6750) that it has issued and that has not expired.
 */
final class TokenGate implements HandlerInterceptor {

	private static final String SCHEME = "Bearer ";

	private final Duration lifetime;

	private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

	TokenGate(Duration lifetime) {
		this.lifetime = lifetime;
	}

	Duration lifetime() {
		return this.lifetime;
	}

	/**
	 * Returns a new token that this gate accepts, and forgets those that have expired.
	 */
	String issue() {
		Instant now = Instant.now();
		this.tokens.values().removeIf(now::isAfter);
		String token = UUID.randomUUID().toString();
		this.tokens.put(token, now.plus(this.lifetime));
		return token;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (authorization != null && authorization.startsWith(SCHEME)) {
			Instant end = this.tokens.get(authorization.substring(SCHEME.length()));
			if (end != null && Instant.now().isBefore(end)) {
				return true;
			}
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"carrier\"");
		throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "Get a token at /upstream/oauth2/token first");
	}

}
