package io.github.requests4j.http;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrentAttemptTests {

	private final ConcurrentAttempt attempt = ConcurrentAttempt.first();

	private final AtomicInteger ends = new AtomicInteger();

	@Test
	void cancelEndsTheCurrentWaitOnce() {
		AtomicInteger before = new AtomicInteger();
		this.attempt.beginWait(before::incrementAndGet);
		this.attempt.beginWait(this.ends::incrementAndGet);
		this.attempt.cancel();
		this.attempt.cancel();
		assertThat(before).hasValue(0);
		assertThat(this.ends).hasValue(1);
		assertThat(this.attempt.isCancelled()).isTrue();
	}

	@Test
	void waitOfACancelledAttemptEndsAtOnce() throws Exception {
		this.attempt.cancel();
		this.attempt.beginWait(this.ends::incrementAndGet);
		assertThat(this.ends).hasValue(1);
		assertThat(this.attempt.endWait()).isFalse();
		assertThat(this.attempt.awaitCancel(Long.MAX_VALUE)).isTrue();
	}

	@Test
	void cancelAfterTheLastWaitEndsNothing() throws Exception {
		this.attempt.beginWait(this.ends::incrementAndGet);
		assertThat(this.attempt.endWait()).isTrue();
		assertThat(this.attempt.awaitCancel(1)).isFalse();
		this.attempt.cancel();
		assertThat(this.ends).hasValue(0);
	}

	@Test
	void attemptsOfAHopShareTheirTargetsButNotTheirEnd() {
		ConcurrentAttempt other = this.attempt.another();
		this.attempt.targets().add("one:80");
		other.cancel();
		assertThat(other.targets()).containsExactly("one:80");
		assertThat(this.attempt.isCancelled()).isFalse();
	}

}
