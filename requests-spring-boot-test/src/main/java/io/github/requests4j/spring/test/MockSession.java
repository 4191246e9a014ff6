package io.github.requests4j.spring.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one session is expected to send, instead of the network. Calls are expected in the
 * order in which they are described, unless {@link #inAnyOrder} says otherwise. A call
 * that is not expected raises an {@link AssertionError} that shows the difference, and
 * fails the test even when the application catches it. Safe for many threads. <pre>{@code
 * MockSession catalog = mocks.session("catalog").inAnyOrder();
 * catalog.expect("GET", "/items/tea").reply(Reply.json(Map.of("name", "tea")));
 * catalog.expect("GET", "/items/cup").reply(Reply.status(404));
 * }</pre>
 */
public final class MockSession {

	private final String name;

	private final String base;

	private final Supplier<JsonMapper> mapper;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<ExpectedCall> expected = new ArrayList<>();

	private final List<RecordedCall> calls = new ArrayList<>();

	private @Nullable AssertionError failure;

	private boolean anyOrder;

	MockSession(String name, String base, Supplier<JsonMapper> mapper) {
		this.name = name;
		this.base = base;
		this.mapper = mapper;
	}

	/**
	 * Expects a call.
	 * @param method the HTTP method
	 * @param url the URL, or its path and query; the path of the base URL may be left out
	 * @return the expectation, to be made narrower and to be answered
	 */
	public ExpectedCall expect(String method, String url) {
		ExpectedCall call = new ExpectedCall(method, url, this.mapper);
		this.lock.lock();
		try {
			this.expected.add(call);
		}
		finally {
			this.lock.unlock();
		}
		return call;
	}

	/**
	 * Takes the expected calls in any order.
	 * @return this session
	 */
	public MockSession inAnyOrder() {
		this.anyOrder = true;
		return this;
	}

	/**
	 * The calls that were made so far.
	 * @return the calls, oldest first
	 */
	public List<RecordedCall> calls() {
		this.lock.lock();
		try {
			return List.copyOf(this.calls);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fails if a call was not expected, or an expected one was not made. Done after each
	 * test by itself.
	 * @throws AssertionError if that is so
	 */
	public void verify() {
		this.lock.lock();
		try {
			if (this.failure != null) {
				throw this.failure;
			}
			List<ExpectedCall> missing = this.expected.stream().filter((call) -> !call.isSatisfied()).toList();
			if (!missing.isEmpty()) {
				throw new AssertionError(
						"Session '" + this.name + "' was expected to make calls that it did not make:\n"
								+ lines(missing) + "\nIt made:\n" + lines(this.calls));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forgets everything. */
	void reset() {
		this.lock.lock();
		try {
			this.expected.clear();
			this.calls.clear();
			this.failure = null;
			this.anyOrder = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	Reply answer(RecordedCall call) {
		this.lock.lock();
		try {
			this.calls.add(call);
			ExpectedCall match = find(call);
			if (match != null) {
				return match.take();
			}
			AssertionError unexpected = new AssertionError(describe(call));
			this.failure = (this.failure != null) ? this.failure : unexpected;
			throw unexpected;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable ExpectedCall find(RecordedCall call) {
		for (ExpectedCall candidate : this.expected) {
			if (!candidate.isExhausted()) {
				if (candidate.differences(call, this.base).isEmpty()) {
					return candidate;
				}
				if (!this.anyOrder && !candidate.isSatisfied()) {
					return null;
				}
			}
		}
		return null;
	}

	private String describe(RecordedCall call) {
		List<ExpectedCall> open = this.expected.stream().filter((candidate) -> !candidate.isExhausted()).toList();
		String text = "Session '" + this.name + "' made a call that was not expected:\n" + call + "\n";
		if (open.isEmpty()) {
			return text + "No " + (this.expected.isEmpty() ? "" : "further ") + "call was expected. Add: expect(\""
					+ call.method() + "\", \"" + UrlMatch.fromPath(call.url()) + "\").reply(...)";
		}
		return text + (this.anyOrder ? "Expected was one of:\n" : "Expected next:\n")
				+ (this.anyOrder ? open : open.subList(0, 1)).stream()
					.map((candidate) -> candidate + "\n" + String.join("\n", candidate.differences(call, this.base)))
					.collect(Collectors.joining("\n"));
	}

	private static String lines(List<?> items) {
		return items.isEmpty() ? "  nothing" : items.stream().map(String::valueOf).collect(Collectors.joining("\n"));
	}

}
