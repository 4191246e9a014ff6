package io.github.requests4j.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLException;

import io.github.requests4j.internal.decode.DecodingException;

/**
 * Gives the errors of plain streams, as mocks and decoders throw them, their types
 * (behaviours 227, 228). Our own transport throws typed errors itself.
 */
final class ContentErrors {

	private ContentErrors() {
	}

	static ContentDecodingException typed(DecodingException error, ResponseHead response) {
		return new ContentDecodingException(
				"The body of " + response.label() + " was received with Content-Encoding "
						+ response.headers().get("Content-Encoding") + ", but cannot be used: " + error.getMessage(),
				error);
	}

	static RequestException typed(IOException error, ResponseHead response) {
		String what = "The body of " + response.label();
		if (error instanceof SocketTimeoutException) {
			return new ReadTimeoutException(what + " did not go on within the read timeout", error);
		}
		if (error instanceof SSLException) {
			return new SslException(what + " broke off: " + error.getMessage(), error);
		}
		if (error instanceof SocketException || error instanceof InterruptedIOException) {
			return new ConnectionException(what + " broke off: " + error.getMessage(), error);
		}
		return new ChunkedEncodingException(what + " is not complete: " + error.getMessage(), error);
	}

}
