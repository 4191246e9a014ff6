package io.github.requests4j.spring.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call that a test expects. Properties that are not set match any value. Use it on the
 * thread of the test, and do not change it after calls are made. <pre>{@code
 * mocks.session("catalog").expect("POST", "/orders")
 *     .header("Idempotency-Key", "7")
 *     .json(Map.of("item", "tea"))
 *     .times(2)
 *     .reply(Reply.status(503), Reply.json(201, Map.of("id", 1)));
 * }</pre>
 */
public final class ExpectedCall {

	private final String method;

	private final String url;

	private final Supplier<JsonMapper> mapper;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final List<Reply> replies = new ArrayList<>();

	private @Nullable JsonNode json;

	private @Nullable String body;

	private @Nullable Predicate<RecordedCall> condition;

	private int minimum = 1;

	private int maximum = 1;

	private int count;

	ExpectedCall(String method, String url, Supplier<JsonMapper> mapper) {
		this.method = method;
		this.url = url;
		this.mapper = mapper;
	}

	/**
	 * Expects a header.
	 * @param name the name
	 * @param value its exact value
	 * @return this expectation
	 */
	public ExpectedCall header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Expects a body with exactly this text.
	 * @param text the text
	 * @return this expectation
	 */
	public ExpectedCall body(String text) {
		this.body = text;
		return this;
	}

	/**
	 * Expects a JSON body that is equal, regardless of its formatting.
	 * @param json JSON text, or any value that the application's {@link JsonMapper} can
	 * write
	 * @return this expectation
	 */
	public ExpectedCall json(Object json) {
		// Parsed in the same way as the body, because a tree of values has other number
		// types
		this.json = JsonMapper.shared()
			.readTree((json instanceof String text) ? text : this.mapper.get().writeValueAsString(json));
		return this;
	}

	/**
	 * Expects a call that satisfies a condition.
	 * @param condition the condition
	 * @return this expectation
	 */
	public ExpectedCall matching(Predicate<RecordedCall> condition) {
		this.condition = condition;
		return this;
	}

	/**
	 * Expects the call several times. The default is once.
	 * @param count the exact number of times
	 * @return this expectation
	 */
	public ExpectedCall times(int count) {
		this.minimum = count;
		this.maximum = count;
		return this;
	}

	/**
	 * Allows the call any number of times, or never.
	 * @return this expectation
	 */
	public ExpectedCall anyTimes() {
		this.minimum = 0;
		this.maximum = Integer.MAX_VALUE;
		return this;
	}

	/**
	 * Sets the replies to the call. Each of several replies is used once, and the last
	 * one is repeated. Without any, the reply is an empty response with status 200.
	 * @param replies the replies
	 * @return this expectation
	 */
	public ExpectedCall reply(Reply... replies) {
		for (Reply reply : replies) {
			this.replies.add(reply.written(this.mapper.get()));
		}
		return this;
	}

	boolean isExhausted() {
		return this.count >= this.maximum;
	}

	boolean isSatisfied() {
		return this.count >= this.minimum;
	}

	Reply take() {
		int index = Math.min(this.count, this.replies.size() - 1);
		this.count++;
		return (index >= 0) ? this.replies.get(index) : Reply.status(200);
	}

	/** Returns the differences as lines, which are empty if the call matches. */
	List<String> differences(RecordedCall call, String base) {
		List<String> lines = new ArrayList<>();
		if (!this.method.equalsIgnoreCase(call.method())) {
			lines.add(line("method", this.method, call.method()));
		}
		if (!UrlMatch.matches(this.url, call.url(), base)) {
			String was = this.url.contains("://") ? call.url() : UrlMatch.fromPath(call.url());
			lines.add(line("url", this.url, was));
		}
		this.headers.forEach((name, value) -> {
			String was = call.headers().get(name);
			if (!value.equals(was)) {
				lines.add(line("header " + name, value, (was != null) ? was : "absent"));
			}
		});
		if (this.body != null && !this.body.equals(call.text())) {
			lines.add(line("body", this.body, call.text()));
		}
		if (this.json != null && !this.json.equals(tree(call))) {
			lines.add(line("json", this.json.toString(), call.text()));
		}
		if (this.condition != null && !this.condition.test(call)) {
			lines.add("    the condition of the expectation is not satisfied");
		}
		return lines;
	}

	private static @Nullable JsonNode tree(RecordedCall call) {
		try {
			return JsonMapper.shared().readTree(call.body());
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static String line(String what, String expected, String was) {
		return "    " + what + "\n      expected: " + expected + "\n      but was:  " + was;
	}

	@Override
	public String toString() {
		return "  " + this.method + " " + this.url
				+ ((this.count > 0) ? " (made " + this.count + " of " + this.minimum + " times)" : "");
	}

}
