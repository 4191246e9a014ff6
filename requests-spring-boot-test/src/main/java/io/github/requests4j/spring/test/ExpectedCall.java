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
 * A call that a test expects. What is not said may be anything. For the thread of the
 * test; not to be changed once calls are made. <pre>{@code
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

	private int least = 1;

	private int most = 1;

	private int made;

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
	 * Expects a body that is this text.
	 * @param text the text
	 * @return this expectation
	 */
	public ExpectedCall body(String text) {
		this.body = text;
		return this;
	}

	/**
	 * Expects a JSON body that says the same, however it is written.
	 * @param json JSON text, or anything that the application's {@link JsonMapper} can
	 * write
	 * @return this expectation
	 */
	public ExpectedCall json(Object json) {
		// Read back as the body will be: a tree of values has numbers of other types.
		this.json = JsonMapper.shared()
			.readTree((json instanceof String text) ? text : this.mapper.get().writeValueAsString(json));
		return this;
	}

	/**
	 * Expects anything else.
	 * @param condition what must be true
	 * @return this expectation
	 */
	public ExpectedCall matching(Predicate<RecordedCall> condition) {
		this.condition = condition;
		return this;
	}

	/**
	 * Expects the call several times; once unless said.
	 * @param count how often
	 * @return this expectation
	 */
	public ExpectedCall times(int count) {
		this.least = count;
		this.most = count;
		return this;
	}

	/**
	 * Allows the call any number of times, or never.
	 * @return this expectation
	 */
	public ExpectedCall anyTimes() {
		this.least = 0;
		this.most = Integer.MAX_VALUE;
		return this;
	}

	/**
	 * Answers the call. Of several replies each is given once, and the last one from then
	 * on; without any, the reply is an empty 200.
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
		return this.made >= this.most;
	}

	boolean isSatisfied() {
		return this.made >= this.least;
	}

	Reply take() {
		int index = Math.min(this.made, this.replies.size() - 1);
		this.made++;
		return (index >= 0) ? this.replies.get(index) : Reply.status(200);
	}

	/** What is different, a line each; empty when the call is the expected one. */
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
			lines.add("    the condition of the expectation is not met");
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
				+ ((this.made > 0) ? " (made " + this.made + " of " + this.least + " times)" : "");
	}

}
