package io.github.requests4j.spring.internal.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Choices among instances, with a clock of their own and a seed.
 */
class ChoiceTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Random random = new Random(42);

	private final Choice choice = new Choice(() -> this.random);

	private long now = SECOND;

	private final List<Known> all = new ArrayList<>(List.of(known("a"), known("b"), known("c")));

	private Known known(String name) {
		return new Known(new Instance(name, () -> this.now));
	}

	private Instance instance(int index) {
		return this.all.get(index).instance();
	}

	private @Nullable String choose(String... tried) {
		Known chosen = this.choice.choose(this.all, Set.of(tried));
		return (chosen != null) ? chosen.instance().name() : null;
	}

	private Map<String, Integer> choices(int count) {
		Map<String, Integer> choices = new TreeMap<>();
		for (int i = 0; i < count; i++) {
			choices.merge(String.valueOf(choose()), 1, Integer::sum);
		}
		return choices;
	}

	private void respond(Instance instance, long latency, int count) {
		for (int i = 0; i < count; i++) {
			this.now += latency;
			instance.begin();
			instance.responded(latency);
		}
	}

	private void fail(Instance instance, int count) {
		for (int i = 0; i < count; i++) {
			this.now += MILLI;
			instance.begin();
			instance.failed();
		}
	}

	@Test
	void instancesThatAreAlikeTakeTurns() {
		assertThat(choices(9)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3, "b", 3, "c", 3));
	}

	@Test
	void noInstanceIsLeftWhenAllWereTried() {
		assertThat(choose("a", "b")).isEqualTo("c");
		assertThat(choose("a", "b", "c")).isNull();
	}

	@Test
	void busyInstanceIsPassedOver() {
		instance(0).begin();
		assertThat(choices(300)).doesNotContainKey("a");
		instance(0).responded(MILLI);
		assertThat(choices(300)).containsEntry("a", 100);
	}

	@Test
	void smallDifferencesOfLatencyDoNotMoveRequests() {
		respond(instance(0), 13 * MILLI, 20);
		respond(instance(1), 10 * MILLI, 20);
		respond(instance(2), 10 * MILLI, 20);
		assertThat(choices(300)).containsEntry("a", 100);
	}

	@Test
	void fewResponsesDoNotMoveRequests() {
		respond(instance(0), SECOND, 2);
		respond(instance(1), MILLI, 20);
		assertThat(choices(300)).containsEntry("a", 100);
	}

	@Test
	void slowInstanceIsPassedOverUntilItsLatencyIsForgotten() {
		respond(instance(1), 10 * MILLI, 20);
		respond(instance(2), 10 * MILLI, 20);
		respond(instance(0), 100 * MILLI, 20);
		instance(1).begin();
		instance(1).responded(10 * MILLI);
		instance(2).begin();
		instance(2).responded(10 * MILLI);
		assertThat(choices(300)).doesNotContainKey("a");
		for (int i = 0; i < 40; i++) {
			this.now += SECOND;
			respond(instance(1), 10 * MILLI, 1);
			respond(instance(2), 10 * MILLI, 1);
		}
		assertThat(choices(300)).containsEntry("a", 100);
		respond(instance(0), 100 * MILLI, 1);
		assertThat(choices(300)).as("still slow").doesNotContainKey("a");
	}

	@Test
	void givenUpRequestsShowThatAnInstanceIsSlow() {
		for (int i = 0; i < 3; i++) {
			respond(instance(i), 10 * MILLI, 20);
		}
		for (int i = 0; i < 5; i++) {
			this.now += SECOND / 2;
			instance(0).begin();
			instance(0).givenUp(SECOND);
		}
		respond(instance(1), 10 * MILLI, 1);
		respond(instance(2), 10 * MILLI, 1);
		assertThat(choices(300)).doesNotContainKey("a");
		instance(1).begin();
		instance(1).givenUp(MILLI);
		assertThat(choices(300).get("b")).as("a short attempt says nothing").isGreaterThan(100);
	}

	@Test
	void instanceThatFailsNowAndThenGetsFewer() {
		for (int i = 0; i < 40; i++) {
			this.now += SECOND / 10;
			for (int j = 0; j < 3; j++) {
				instance(j).begin();
				if (j == 0 && i % 3 == 0) {
					instance(j).failed();
				}
				else {
					instance(j).responded(10 * MILLI);
				}
			}
		}
		assertThat(instance(0).state(1).ejected()).isFalse();
		assertThat(choices(300)).doesNotContainKey("a");
	}

	@Test
	void failuresInARowEjectAnInstance() {
		fail(instance(0), Instance.Health.FAILURES - 1);
		respond(instance(0), MILLI, 1);
		fail(instance(0), Instance.Health.FAILURES - 1);
		assertThat(instance(0).state(1).ejected()).isFalse();
		fail(instance(0), 1);
		assertThat(instance(0).state(1).ejected()).isTrue();
		assertThat(instance(0).state(1).ejections()).isEqualTo(1);
		assertThat(choices(300)).doesNotContainKey("a");
		assertThat(choose("b", "c")).as("better than none").isEqualTo("a");
	}

	@Test
	void ejectedInstanceReturnsSlowly() {
		fail(instance(0), Instance.Health.FAILURES);
		long ejected = this.now;
		this.now = ejected + Instance.Health.FIRST_EJECTION + Instance.Health.RETURN / 10;
		// What was measured before is forgotten meanwhile
		for (int i = 0; i < 3; i++) {
			instance(i).begin();
			instance(i).responded(MILLI);
		}
		int early = choices(3000).get("a");
		this.now = ejected + Instance.Health.FIRST_EJECTION + Instance.Health.RETURN / 2;
		int half = choices(3000).get("a");
		this.now = ejected + Instance.Health.FIRST_EJECTION + Instance.Health.RETURN;
		int whole = choices(3000).get("a");
		assertThat(early).isBetween(50, 150);
		assertThat(half).isBetween(400, 600);
		assertThat(whole).isEqualTo(1000);
	}

	@Test
	void instanceThatFailsAgainIsEjectedForLonger() {
		fail(instance(0), Instance.Health.FAILURES);
		this.now += Instance.Health.FIRST_EJECTION;
		assertThat(instance(0).state(1).readiness()).isEqualTo(10);
		fail(instance(0), 1);
		assertThat(instance(0).state(1).ejected()).isFalse();
		fail(instance(0), 1);
		this.now += Instance.Health.FIRST_EJECTION + SECOND;
		assertThat(instance(0).state(1).ejected()).as("twice as long").isTrue();
		this.now += Instance.Health.FIRST_EJECTION + Instance.Health.RETURN;
		respond(instance(0), MILLI, 1);
		fail(instance(0), Instance.Health.FAILURES);
		this.now += Instance.Health.FIRST_EJECTION;
		assertThat(instance(0).state(1).ejected()).as("as long as the first time, after a whole return").isFalse();
	}

	@Test
	void ejectionsHaveAMaximum() {
		for (int i = 0; i < 20; i++) {
			fail(instance(0), Instance.Health.FAILURES);
			this.now += Instance.Health.LONGEST_EJECTION;
			assertThat(instance(0).state(1).ejected()).isFalse();
		}
	}

	@Test
	void allAreUsedWhenAllAreEjected() {
		for (int i = 0; i < 3; i++) {
			fail(instance(i), Instance.Health.FAILURES);
		}
		Map<String, Integer> choices = choices(300);
		assertThat(choices).containsOnlyKeys("a", "b", "c")
			.allSatisfy((name, count) -> assertThat(count).isGreaterThan(50));
	}

	@Test
	void oneInstanceThatReturnsDoesNotGetTheRequestsOfAll() {
		fail(instance(0), Instance.Health.FAILURES);
		this.now += SECOND;
		fail(instance(1), Instance.Health.FAILURES);
		fail(instance(2), Instance.Health.FAILURES);
		this.now += Instance.Health.FIRST_EJECTION - SECOND;
		assertThat(instance(0).isEjected()).isFalse();
		assertThat(instance(1).isEjected()).isTrue();
		assertThat(choices(300).get("a")).as("at first").isBetween(60, 160);
		this.now += Instance.Health.RETURN;
		fail(instance(1), Instance.Health.FAILURES);
		fail(instance(2), Instance.Health.FAILURES);
		assertThat(choices(100)).as("while the others still fail").isEqualTo(Map.of("a", 100));
	}

	@Test
	void ejectedInstanceThatRespondsReturns() {
		for (int i = 0; i < 3; i++) {
			fail(instance(i), Instance.Health.FAILURES);
		}
		this.now += SECOND;
		for (int i = 0; i < 3; i++) {
			respond(instance(i), MILLI, 1);
			assertThat(instance(i).state(1).readiness()).isBetween(10, 20);
		}
		assertThat(choices(300).values()).allSatisfy((count) -> assertThat(count).isBetween(60, 140));
		fail(instance(0), Instance.Health.FAILURES_WHILE_RETURNING);
		assertThat(instance(0).isEjected()).as("fails again").isTrue();
		this.now += Instance.Health.FIRST_EJECTION + SECOND;
		assertThat(instance(0).isEjected()).as("for longer than before").isTrue();
	}

	@Test
	void responseToARequestFromBeforeTheEjectionDoesNotEndIt() {
		instance(0).begin();
		fail(instance(0), Instance.Health.FAILURES);
		this.now += SECOND;
		instance(0).responded(2 * SECOND);
		assertThat(instance(0).isEjected()).isTrue();
	}

	@Test
	void instanceThatIsListedMoreOftenGetsMore() {
		this.all.add(this.all.get(0));
		this.all.add(this.all.get(0));
		assertThat(choices(500)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 300, "b", 100, "c", 100));
	}

	@Test
	void shareIsThatOfRecentRequests() {
		respond(instance(0), MILLI, 100);
		this.now += 600 * SECOND;
		respond(instance(0), MILLI, 10);
		respond(instance(1), MILLI, 30);
		double sum = instance(0).recent() + instance(1).recent();
		assertThat(instance(0).state(sum).share()).isEqualTo(25);
		assertThat(instance(1).state(sum).share()).isEqualTo(75);
		assertThat(instance(0).state(sum).requests()).isEqualTo(110);
	}

	/** An instance that is never sent anything. */
	private record Known(Instance instance) implements Destination {

		@Override
		public Response send(PreparedRequest request, SendOptions options, Adapter transport) {
			throw new AssertionError("Nothing is sent.");
		}

	}

}
