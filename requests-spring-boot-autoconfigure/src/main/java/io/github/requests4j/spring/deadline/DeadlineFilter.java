package io.github.requests4j.spring.deadline;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;

import io.github.requests4j.http.Deadline;

/**
 * Makes calls inherit the deadline of the request being served, which starts when the
 * request arrives. Thread-safe.
 */
final class DeadlineFilter extends OncePerRequestFilter {

	private static final String ATTRIBUTE = DeadlineFilter.class.getName() + ".deadline";

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Deadline deadline = deadline(request);
		if (deadline == null) {
			chain.doFilter(request, response);
			return;
		}
		InheritedDeadline.Scope scope = InheritedDeadline.open(deadline);
		try {
			chain.doFilter(request, response);
		}
		finally {
			scope.close();
		}
	}

	/** Returns the deadline from the first dispatch of a request, or null. */
	private static @Nullable Deadline deadline(HttpServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof Deadline known) {
			return known;
		}
		Duration limit = DeadlineHeaders.read(request::getHeader);
		if (limit == null) {
			return null;
		}
		Deadline deadline = Deadline.after(limit);
		request.setAttribute(ATTRIBUTE, deadline);
		return deadline;
	}

}
