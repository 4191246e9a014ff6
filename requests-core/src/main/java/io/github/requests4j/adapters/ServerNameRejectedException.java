package io.github.requests4j.adapters;

import java.io.Serial;

import javax.net.ssl.SSLException;

/**
 * The server ended the handshake over the name that it was asked for. The setup of the
 * connection remembers that, so that the next handshake goes without the name.
 */
final class ServerNameRejectedException extends SSLException {

	@Serial
	private static final long serialVersionUID = 1L;

	ServerNameRejectedException(SSLException cause) {
		super(cause.getMessage(), cause);
	}

}
