package io.github.requests4j.spring.oauth2;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClientResponseException;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;

/**
 * Explains in our exceptions why there is no token. Makes a new one for each caller,
 * since an exception carries the request that it belongs to.
 */
final class TokenErrors {

	private TokenErrors() {
	}

	static RequestException translate(String registration, @Nullable Throwable problem) {
		String what = "There is no token for the client registration '" + registration + "': ";
		for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
				return new RequestTimeoutException(what + "its token endpoint did not answer in time", problem);
			}
			if (cause instanceof IOException) {
				return new ConnectionException(what + "its token endpoint cannot be reached", problem);
			}
			if (cause instanceof RestClientResponseException response) {
				return refused(what, "status " + response.getStatusCode().value(), problem);
			}
		}
		if (problem instanceof OAuth2AuthorizationException refusal) {
			return refused(what, refusal.getError().getErrorCode(), problem);
		}
		return new RequestException(what + ((problem != null) ? problem.getMessage() : "unknown"), problem);
	}

	private static RequestException refused(String what, String answer, @Nullable Throwable problem) {
		return new RequestException(what + "its authorization server answered '" + answer
				+ "'. Check client-id, client-secret, scope and provider of the registration.", problem);
	}

}
