package io.github.requests4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import io.github.requests4j.internal.url.UrlText;

/**
 * The problem details in the body of an error response (RFC 9457). A member whose value
 * has the wrong type is treated as missing, as the RFC requires. Immutable.
 * <pre class="code">
 * try {
 *     session.post("orders", (request) -&gt; request.json(order)).raiseForStatus();
 * }
 * catch (HttpException ex) {
 *     ProblemDetail problem = ex.problemDetail();
 *     if (problem != null &amp;&amp; problem.type().endsWith("/out-of-credit")) {
 *         System.out.println(problem.extensions().get("balance"));
 *     }
 * }
 * </pre>
 *
 * @param type the URI that identifies the kind of problem; {@code about:blank} if the
 * server sent none. It may be relative
 * @param title a short summary of the kind of problem, or {@code null}
 * @param status the status according to the body, which proxies may have replaced in the
 * response, or {@code null}
 * @param detail an explanation of this occurrence, or {@code null}
 * @param instance the URI that identifies this occurrence, or {@code null}. It may be
 * relative
 * @param extensions the other members of the body in their order: strings, numbers,
 * booleans, lists, maps and nulls; unmodifiable
 */
public record ProblemDetail(String type, @Nullable String title, @Nullable Integer status, @Nullable String detail,
		@Nullable String instance, Map<String, @Nullable Object> extensions) {

	/** The type of a problem that is described by its status alone. */
	public static final String BLANK_TYPE = "about:blank";

	private static final String MEDIA_TYPE = "application/problem+json";

	/** Longer bodies are not explanations for people. */
	private static final int MAX_BYTES = 1024 * 1024;

	/**
	 * Creates problem details.
	 * @param type the URI that identifies the kind of problem
	 * @param title a short summary of the kind of problem
	 * @param status the status
	 * @param detail an explanation of this occurrence
	 * @param instance the URI that identifies this occurrence
	 * @param extensions the other members, which are copied
	 */
	public ProblemDetail {
		extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
	}

	/**
	 * Returns the problem details in the body of a response, which is read within the
	 * limits of its session unless it was read before.
	 * @param response the response, with any status
	 * @return the problem details, or {@code null} if the Content-Type is not
	 * {@code application/problem+json}, or the body cannot be read, is not a JSON object
	 * or is longer than 1 MiB
	 */
	public static @Nullable ProblemDetail of(Response response) {
		String type = response.headers().get("Content-Type");
		if (type == null || !ContentType.parse(type).mediaType().equalsIgnoreCase(MEDIA_TYPE)) {
			return null;
		}
		try {
			return (response.content().length <= MAX_BYTES) ? read(response) : null;
		}
		catch (RequestException ex) {
			// The response is already an error, and this one would hide it.
			return null;
		}
	}

	private static @Nullable ProblemDetail read(Response response) {
		Map<String, @Nullable Object> members = response.json(new TypeReference<>() {
		});
		if (members == null) {
			return null;
		}
		Map<String, @Nullable Object> others = new LinkedHashMap<>(members);
		String type = text(others.remove("type"));
		return new ProblemDetail((type != null) ? type : BLANK_TYPE, text(others.remove("title")),
				status(others.remove("status")), text(others.remove("detail")), text(others.remove("instance")),
				others);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : null;
	}

	private static @Nullable Integer status(@Nullable Object value) {
		return (value instanceof Integer status && status >= 100 && status <= 599) ? status : null;
	}

	/**
	 * Returns the status, the type and the title, but not the members that may contain
	 * personal data or secrets.
	 */
	@Override
	public String toString() {
		return "ProblemDetail[status=" + this.status + ", type=" + UrlText.printable(this.type) + ", title="
				+ ((this.title != null) ? UrlText.printable(this.title) : null) + "]";
	}

}
