package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/**
 * Tells what to do when no connection came about; the words of requests only tell why.
 */
final class ConnectAdvice {

	private ConnectAdvice() {
	}

	/** A remark about the step that took too long. */
	static String onTimeout(Step step, String whom) {
		return switch (step) {
			case LOOKUP -> ". The DNS look-up did not end in time: check the DNS of this machine.";
			case CONNECT -> ". There was no answer to the TCP connect: check the address and the firewalls on the way.";
			case PROXY -> ". The TCP connection was made, but the handshake with the " + whom
					+ " did not end in time: check the proxy, and that its scheme is right.";
			default -> ". The TCP connection was made, but the TLS handshake with " + whom
					+ " did not end in time: check that the server speaks TLS on this port.";
		};
	}

	/** A remark to append to the message, or nothing. */
	static String on(IOException ex) {
		if (ex instanceof UnknownHostException) {
			return ". Check the spelling of the name and the DNS of this machine.";
		}
		// Several addresses or the system's own words make subclasses and wrappers of it.
		if (ex instanceof ConnectException && String.valueOf(ex.getMessage()).contains("refused")) {
			return ". Nothing listens at this port: compare host and port with what was meant, and look whether the"
					+ " service runs.";
		}
		return "";
	}

}
