package io.github.requests4j.sample.watch;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Which exchanges are shown as failures.
 */
class RecentExchangesTests {

	private static final Reply CHALLENGE = Reply.status(401)
		.header("WWW-Authenticate", "Digest realm=\"shop\", qop=\"auth\", nonce=\"n\"");

	private final LocalServer server = LocalServer.start();

	private final RecentExchanges recent = new RecentExchanges();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void challengeIsNoFailure() {
		this.server.enqueue(CHALLENGE, Reply.status(200));
		try (Session session = Session.builder()
			.auth(new HttpDigestAuth("depot", "secret"))
			.listener(this.recent)
			.build()) {
			session.get(this.server.url("/charges"));
		}
		assertThat(entries()).extracting("kind", "outcome", "failed")
			.containsExactly(tuple("auth", "200", false), tuple("first", "401 challenge", false));
	}

	@Test
	void rejectedCredentialsAreNoChallenge() {
		this.server.enqueue(CHALLENGE, CHALLENGE);
		try (Session session = Session.builder()
			.auth(new HttpDigestAuth("depot", "wrong"))
			.listener(this.recent)
			.build()) {
			session.get(this.server.url("/charges"));
		}
		assertThat(entries()).extracting("kind", "outcome")
			.containsExactly(tuple("auth", "401"), tuple("first", "401 challenge"));
	}

	@Test
	void serverErrorsAndMissingResponsesAreFailures() {
		this.server.enqueue(Reply.status(404), Reply.status(503));
		try (Session session = Session.builder().listener(this.recent).build()) {
			session.get(this.server.url("/missing"));
			session.get(this.server.url("/broken"));
		}
		assertThat(entries()).extracting("outcome", "failed").containsExactly(tuple("503", true), tuple("404", false));
	}

	@Test
	void attemptThatLostAgainstAHedgeIsNoFailure() {
		this.server.enqueue(Reply.status(200).after(Duration.ofMinutes(1)), Reply.status(200));
		Hedging hedging = Hedging.builder().after(Duration.ofMillis(100)).build();
		try (Session session = Session.builder()
			.mount("http://", hedging.wrap(HttpAdapter.builder().build()))
			.listener(this.recent)
			.build()) {
			session.get(this.server.url("/items"));
		}
		assertThat(entries()).extracting("kind", "outcome", "failed")
			.containsExactlyInAnyOrder(tuple("hedge", "200", false), tuple("first", "cancelled", false));
	}

	private List<RecentExchanges.Entry> entries() {
		return this.recent.of("");
	}

}
