package io.github.requests4j.sample.upstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Requires a user name and a password, with basic (RFC 7617) or digest authentication.
 */
final class BasicGate implements HandlerInterceptor {

	private final byte[] expected;

	private final String realm;

	private final DigestAnswers digest;

	BasicGate(String realm, String username, String password) {
		this.realm = realm;
		this.digest = new DigestAnswers(realm, username, password);
		this.expected = ("Basic " + HttpHeaders.encodeBasicAuth(username, password, StandardCharsets.UTF_8))
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (authorization != null && (admits(authorization) || this.digest.admits(request, authorization))) {
			return true;
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"" + this.realm + "\", charset=\"UTF-8\"");
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, this.digest.challenge());
		throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "User name and password required");
	}

	private boolean admits(String authorization) {
		return MessageDigest.isEqual(this.expected, authorization.getBytes(StandardCharsets.UTF_8));
	}

}
