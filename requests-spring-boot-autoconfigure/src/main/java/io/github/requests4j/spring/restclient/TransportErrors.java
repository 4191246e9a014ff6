package io.github.requests4j.spring.restclient;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SslException;

/**
 * Converts the failures of a session to the exceptions of the JDK, which code that
 * handles the errors of other request factories expects.
 */
final class TransportErrors {

	private TransportErrors() {
	}

	static IOException of(RequestException error) {
		IOException transport = typed(error, String.valueOf(error.getMessage()));
		if (transport.getCause() == null) {
			transport.initCause(error);
		}
		return transport;
	}

	private static IOException typed(RequestException error, String message) {
		if (error instanceof RequestTimeoutException) {
			return new SocketTimeoutException(message);
		}
		if (error instanceof SslException) {
			return new SSLException(message, error);
		}
		for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof UnknownHostException) {
				return new UnknownHostException(message);
			}
			if (cause instanceof ConnectException) {
				return new ConnectException(message);
			}
		}
		return new IOException(message, error);
	}

}
