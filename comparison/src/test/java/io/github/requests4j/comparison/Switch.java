package io.github.requests4j.comparison;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Returns responses in their order, and status 500 for unexpected requests.
 */
final class Switch extends Dispatcher {

	final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();

	void answer(MockResponse... responses) {
		this.answers.addAll(List.of(responses));
	}

	@Override
	public MockResponse dispatch(RecordedRequest request) {
		MockResponse answer = this.answers.poll();
		return (answer != null) ? answer : new MockResponse.Builder().code(500).build();
	}

}
