package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/**
 * Tells what to do when no connection came about; the words of requests only tell why.
 */
final class ConnectAdvice {

	static final String NOBODY_ANSWERED = ". Nobody answered: check the address and the firewalls on the way.";

	private ConnectAdvice() {
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
