package io.github.requests4j.spring.oauth2;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClientResponseException;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SslException;

/**
 * Creates the exceptions for a token that could not be obtained. Each caller gets a new
 * exception, because it is attached to a request.
 *
 * @param registration the id of the client registration
 * @param session the name of the session that sends the requests for tokens
 */
record TokenErrors(String registration, String session) {

	RequestException translate(@Nullable Throwable problem) {
		String what = "Could not obtain a token for the client registration '" + this.registration + "': ";
		if (problem instanceof MissingTokenException missing) {
			return new MissingTokenException(what + missing.getMessage(), missing.getCause());
		}
		if (problem instanceof ClientAuthorizationRequiredException) {
			return new MissingTokenException(what + "the user has not authorized this client. Let the user log in with"
					+ " it, at /oauth2/authorization/" + this.registration + ".", problem);
		}
		for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
			if (cause instanceof RestClientResponseException response) {
				return rejected(what, "status " + response.getStatusCode().value(), problem);
			}
			if (cause instanceof IOException transport) {
				return failed(what, transport, problem);
			}
		}
		if (problem instanceof OAuth2AuthorizationException rejection) {
			return rejected(what, rejection.getError().getErrorCode(), problem);
		}
		return new RequestException(what + ((problem != null) ? problem.getMessage() : "unknown"), problem);
	}

	private RequestException failed(String what, IOException transport, @Nullable Throwable problem) {
		if (transport instanceof SocketTimeoutException) {
			return new RequestTimeoutException(what + "the token endpoint did not respond in time. The timeouts are"
					+ " those of the session '" + this.session + "'.", problem);
		}
		if (transport instanceof SSLException) {
			return new SslException(what + "the TLS handshake with the token endpoint failed. Check the certificates of"
					+ " the session '" + this.session + "'.", problem);
		}
		if (transport instanceof ConnectException || transport instanceof UnknownHostException) {
			return new ConnectionException(what + "the token endpoint could not be reached. Check token-uri of the"
					+ " provider, and the proxies of the session '" + this.session + "'.", problem);
		}
		// For example an open circuit breaker of the session
		Throwable reason = (transport.getCause() instanceof RequestException refused) ? refused : transport;
		String message = what + reason.getMessage();
		return (reason instanceof RequestException && !(reason instanceof ConnectionException))
				? new RequestException(message, problem) : new ConnectionException(message, problem);
	}

	private static RequestException rejected(String what, String reason, @Nullable Throwable problem) {
		return new RequestException(what + "the authorization server returned '" + reason
				+ "'. Check client-id, client-secret, scope and provider of the registration, and the token of the user"
				+ " if the grant requires one.", problem);
	}

}
