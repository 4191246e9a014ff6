package io.github.requests4j.spring.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mock of one session, which replaces the network and defines the expected calls.
 * Calls are expected in the order of their definition, unless {@link #inAnyOrder} is set.
 * A call that is not expected throws an {@link AssertionError} that shows the difference,
 * and fails the test even if the application catches the error. Thread-safe. <pre>{@code
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
	 * @param url the URL, or its path and query, with or without the path of the base URL
	 * @return the expectation, to add conditions and replies to
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
	 * Accepts the expected calls in any order.
	 * @return this session
	 */
	public MockSession inAnyOrder() {
		this.anyOrder = true;
		return this;
	}

	/**
	 * Returns the calls that were made so far.
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
	 * Checks that all calls were expected and all expected calls were made. This is done
	 * automatically after each test.
	 * @throws AssertionError if the check fails
	 */
	public void verify() {
		this.lock.lock();
		try {
			if (this.failure != null) {
				throw this.failure;
			}
			List<ExpectedCall> missing = this.expected.stream().filter((call) -> !call.isSatisfied()).toList();
			if (!missing.isEmpty()) {
				throw new AssertionError("Session '" + this.name + "' did not make these expected calls:\n"
						+ lines(missing) + "\nIt made these calls:\n" + lines(this.calls));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Removes all expectations and calls. */
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
		String text = "Session '" + this.name + "' made an unexpected call:\n" + call + "\n";
		if (open.isEmpty()) {
			return text + "No " + (this.expected.isEmpty() ? "" : "further ") + "call was expected. Add expect(\""
					+ call.method() + "\", \"" + UrlMatch.fromPath(call.url()) + "\").reply(...)";
		}
		return text + (this.anyOrder ? "The expected calls are:\n" : "The next expected call is:\n")
				+ (this.anyOrder ? open : open.subList(0, 1)).stream()
					.map((candidate) -> candidate + "\n" + String.join("\n", candidate.differences(call, this.base)))
					.collect(Collectors.joining("\n"));
	}

	private static String lines(List<?> items) {
		return items.isEmpty() ? "  none" : items.stream().map(String::valueOf).collect(Collectors.joining("\n"));
	}

}
