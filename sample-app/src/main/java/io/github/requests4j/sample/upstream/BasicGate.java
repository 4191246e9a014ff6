package io.github.requests4j.sample.upstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets in who knows name and password (RFC 7617).
 */
final class BasicGate implements HandlerInterceptor {

	private final byte[] expected;

	private final String realm;

	BasicGate(String realm, String username, String password) {
		this.realm = realm;
		this.expected = ("Basic " + HttpHeaders.encodeBasicAuth(username, password, StandardCharsets.UTF_8))
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (admits(request.getHeader(HttpHeaders.AUTHORIZATION))) {
			return true;
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"" + this.realm + "\", charset=\"UTF-8\"");
		throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "Name and password, please");
	}

	private boolean admits(@Nullable String authorization) {
		return authorization != null
				&& MessageDigest.isEqual(this.expected, authorization.getBytes(StandardCharsets.UTF_8));
	}

}
