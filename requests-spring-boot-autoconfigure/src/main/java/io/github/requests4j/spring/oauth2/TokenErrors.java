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
 * Creates the exceptions for a token that could not be obtained. Each caller gets a new
 * exception, because it is attached to a request.
 */
final class TokenErrors {

	private TokenErrors() {
	}

	static RequestException translate(String registration, @Nullable Throwable problem) {
		String what = "Could not obtain a token for the client registration '" + registration + "': ";
		for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
				return new RequestTimeoutException(what + "the token endpoint did not respond in time.", problem);
			}
			if (cause instanceof IOException) {
				return new ConnectionException(
						what + "the token endpoint could not be reached. Check token-uri of the provider.", problem);
			}
			if (cause instanceof RestClientResponseException response) {
				return rejected(what, "status " + response.getStatusCode().value(), problem);
			}
		}
		if (problem instanceof OAuth2AuthorizationException rejection) {
			return rejected(what, rejection.getError().getErrorCode(), problem);
		}
		return new RequestException(what + ((problem != null) ? problem.getMessage() : "unknown"), problem);
	}

	private static RequestException rejected(String what, String reason, @Nullable Throwable problem) {
		return new RequestException(what + "the authorization server returned '" + reason
				+ "'. Check client-id, client-secret, scope and provider of the registration.", problem);
	}

}
