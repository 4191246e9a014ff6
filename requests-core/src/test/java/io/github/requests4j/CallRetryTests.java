package io.github.requests4j;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retry policies of single calls, over real connections.
 */
class CallRetryTests {

	private static final Retry TWO_RETRIES = Retry.builder().total(2).statusForcelist(503).raiseOnStatus(false).build();

	private static Session session(Retry policy) {
		return Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", HttpAdapter.builder().maxRetries(policy).build())
			.build();
	}

	private static Reply busyOrRedirect(RawRequest request) {
		return request.path().equals("/start") ? Reply.of(302, "", "Location: /busy") : Reply.of(503, "busy");
	}

	@Test
	void callCanEnableRetriesThatItsSessionDoesNotHave() throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CallRetryTests::busyOrRedirect);
				Session session = session(Retry.none())) {
			Response response = session.get(server.url("/busy"),
					(request) -> request.attribute(Retry.class, TWO_RETRIES));
			assertThat(response.attempts()).hasSize(2);
			assertThat(server.requests()).hasSize(3);
			session.get(server.url("/busy"));
			assertThat(server.requests()).as("the next call").hasSize(4);
		}
	}

	@Test
	void callCanDisableTheRetriesOfItsSession() throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CallRetryTests::busyOrRedirect);
				Session session = session(TWO_RETRIES)) {
			session.get(server.url("/busy"), (request) -> request.attribute(Retry.class, Retry.none()));
			assertThat(server.requests()).hasSize(1);
			session.get(server.url("/busy"));
			assertThat(server.requests()).as("the next call").hasSize(4);
		}
	}

	@Test
	void redirectsOfACallHaveItsRetries() throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CallRetryTests::busyOrRedirect);
				Session session = session(Retry.none())) {
			session.get(server.url("/start"), (request) -> request.attribute(Retry.class, TWO_RETRIES));
			assertThat(server.requests()).extracting(RawRequest::path)
				.containsExactly("/start", "/busy", "/busy", "/busy");
		}
	}

	@Test
	void preparedRequestsAndDerivedSessionsHaveThem() throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CallRetryTests::busyOrRedirect);
				Session session = session(Retry.none());
				Session patient = session.derive((builder) -> builder.attribute(Retry.class, TWO_RETRIES))) {
			session.send(session.prepare("GET", server.url("/busy"), (request) -> {
			}), SendOptions.of((options) -> options.attribute(Retry.class, TWO_RETRIES)));
			assertThat(server.requests()).hasSize(3);
			patient.get(server.url("/busy"));
			assertThat(server.requests()).hasSize(6);
			patient.get(server.url("/busy"), (request) -> request.attribute(Retry.class, Retry.none()));
			assertThat(server.requests()).hasSize(7);
		}
	}

	@Test
	void theBudgetOfThePolicyLimitsThem() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(1);
		Retry limited = TWO_RETRIES.toBuilder().budget(budget).build();
		try (TestHttpServer server = TestHttpServer.start(CallRetryTests::busyOrRedirect);
				Session session = session(Retry.none())) {
			for (int i = 0; i < 20; i++) {
				session.get(server.url("/busy"), (request) -> request.attribute(Retry.class, limited));
			}
			assertThat(server.requests()).hasSize(30);
		}
	}

}
