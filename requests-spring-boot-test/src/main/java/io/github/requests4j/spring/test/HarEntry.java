package io.github.requests4j.spring.test;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One exchange of an HTTP archive, with its secrets masked. Immutable.
 *
 * @param started when the request was sent
 * @param millis the time until the headers arrived
 * @param method the method
 * @param url the URL
 * @param requestHeaders the headers that were sent
 * @param requestBody the body that was sent, as text, or {@code null}
 * @param status the status
 * @param reason the reason phrase
 * @param headers the headers of the response
 * @param body the decoded body of the response
 * @param encoded the original body if it cannot be encoded again; otherwise {@code null}
 */
@SuppressWarnings("ArrayRecordComponent")
record HarEntry(Instant started, long millis, String method, String url, List<Header> requestHeaders,
		@Nullable String requestBody, int status, String reason, List<Header> headers, byte[] body,
		byte @Nullable [] encoded) {

	/**
	 * One header.
	 *
	 * @param name the name
	 * @param value the value
	 */
	record Header(String name, String value) {
	}

	/** Returns the first value of a header of the request, or null. */
	@Nullable String requestHeader(String name) {
		return find(this.requestHeaders, name);
	}

	/** Returns the first value of a header of the response, or null. */
	@Nullable String header(String name) {
		return find(this.headers, name);
	}

	private static @Nullable String find(List<Header> headers, String name) {
		return headers.stream()
			.filter((header) -> header.name().equalsIgnoreCase(name))
			.map(Header::value)
			.findFirst()
			.orElse(null);
	}

	String describe() {
		return "  " + this.method + " " + this.url + ((this.requestBody != null) ? "\n    " + this.requestBody : "");
	}

}
