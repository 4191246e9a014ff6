package io.github.requests4j.spring.client;

import java.io.Serial;
import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;

import io.github.requests4j.http.HttpException;

/**
 * The exception for a response with problem details. Its message is that of the
 * {@link HttpException} that is its cause, because Spring's own would show all members of
 * the body, including secrets.
 */
final class ProblemException extends ErrorResponseException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String message;

	private ProblemException(ProblemDetail body, HttpException cause) {
		super(HttpStatusCode.valueOf(cause.statusCode()), body, cause,
				ErrorResponse.getDefaultDetailMessageCode(ErrorResponseException.class, null), null);
		this.message = String.valueOf(cause.getMessage());
	}

	/** Returns the exception for an error, or null if its response has no problem. */
	static @Nullable ProblemException of(HttpException error) {
		io.github.requests4j.http.ProblemDetail problem = error.problemDetail();
		return (problem != null) ? new ProblemException(toSpring(problem, error.statusCode()), error) : null;
	}

	private static ProblemDetail toSpring(io.github.requests4j.http.ProblemDetail problem, int status) {
		ProblemDetail body = ProblemDetail.forStatus(status);
		URI type = uri(problem.type());
		if (type != null) {
			body.setType(type);
		}
		if (problem.title() != null) {
			body.setTitle(problem.title());
		}
		body.setDetail(problem.detail());
		body.setInstance((problem.instance() != null) ? uri(problem.instance()) : null);
		problem.extensions().forEach(body::setProperty);
		return body;
	}

	/** Returns null for text that is not a URI, because the member is optional. */
	private static @Nullable URI uri(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	@Override
	public String getMessage() {
		return this.message;
	}

}
