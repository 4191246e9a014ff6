package io.github.requests4j.spring.observation;

import java.util.Locale;
import java.util.Set;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Timings;

/**
 * The values of tags, which do not depend on their names.
 */
final class ExchangeValues {

	/** The method of requests with an unknown one. */
	static final String OTHER = "_OTHER";

	/** The outcome and status of an attempt that lost against another one. */
	static final String CANCELLED = "CANCELLED";

	/** The outcome without a response. */
	static final String UNKNOWN = "UNKNOWN";

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT", "QUERY");

	private static final String[] OUTCOMES = { "INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR",
			"SERVER_ERROR" };

	private ExchangeValues() {
	}

	/**
	 * Returns the method, or "_OTHER" for an unknown one. Otherwise, custom methods could
	 * create an unlimited number of series.
	 */
	static String method(Exchange exchange) {
		String method = exchange.request().method();
		return (method != null && METHODS.contains(method)) ? method : OTHER;
	}

	/** Returns the name of a phase for tags and events. */
	static String phase(Timings.Phase phase) {
		return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static String outcome(int status) {
		int series = status / 100;
		return (series >= 1 && series <= OUTCOMES.length) ? OUTCOMES[series - 1] : UNKNOWN;
	}

}
