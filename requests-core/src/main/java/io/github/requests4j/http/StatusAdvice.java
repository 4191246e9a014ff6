package io.github.requests4j.http;

import io.github.requests4j.internal.url.UrlText;

/**
 * How the message about a status goes on where that of requests ends: how the URL was
 * asked for, and what to do.
 */
final class StatusAdvice {

	private static final String BODY = "response().text() often says why.";

	private StatusAdvice() {
	}

	static String on(Response response) {
		PreparedRequest request = response.requestOrNull();
		String method = (request != null) ? request.method() : null;
		return ((method != null) ? " (" + UrlText.printable(method) + ")" : "") + ". " + on(response.statusCode());
	}

	private static String on(int status) {
		return switch (status) {
			case 401 -> "Credentials are missing or not accepted: look at the auth of the request; " + BODY;
			case 403 -> "The server does not allow it: compare the rights of the credentials; " + BODY;
			case 404, 410 -> "Nothing is there: compare base URL, path and variables with what was meant.";
			case 405 -> "The URL does not take this method: the Allow header of response() lists those it takes.";
			case 407 -> "The proxy wants credentials: put user and password into its URL.";
			case 413 -> "The server takes no bodies of this length: send less at once.";
			case 415 -> "The server does not take this Content-Type: set the one that it asks for.";
			case 429 -> "Ask less often: wait as long as the Retry-After header says, or let maxRetries do so.";
			case 502, 503, 504 -> "The server, or one behind it, does not work now: try later, or let maxRetries with"
					+ " a statusForcelist do so.";
			default -> (status < 500) ? "The server does not accept the request: " + BODY
					: "The server failed: its log tells why, and " + BODY;
		};
	}

}
