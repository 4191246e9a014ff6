package io.github.requests4j.sample.upstream;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Requires the cookie of a login.
 */
final class CookieGate implements HandlerInterceptor {

	private static final String NAME = "shipping";

	private final Set<String> tickets = ConcurrentHashMap.newKeySet();

	/** Returns a new cookie that this gate accepts. */
	ResponseCookie issue() {
		String ticket = UUID.randomUUID().toString();
		this.tickets.add(ticket);
		return ResponseCookie.from(NAME, ticket).path("/upstream/shipping").httpOnly(true).sameSite("Lax").build();
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		Cookie cookie = WebUtils.getCookie(request, NAME);
		if (cookie != null && this.tickets.contains(cookie.getValue())) {
			return true;
		}
		throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "Log in at /upstream/shipping/login first");
	}

}
