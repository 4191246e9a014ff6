package io.github.requests4j.internal.wire;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.requests4j.internal.url.IpAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which addresses count as those of a host, with times that the tests set.
 */
class HostAddressesTests {

	private static final long AGE = 1_000;

	private static final long MINUTE = 60_000_000_000L;

	/** Times are differences: they must work when the clock overflows. */
	private static final long START = Math.subtractExact(Long.MAX_VALUE, AGE / 2);

	private static final InetAddress A = address(1);

	private static final InetAddress B = address(2);

	private static final InetAddress C = address(3);

	private final HostAddresses addresses = new HostAddresses("service.example", (host) -> List.of(), AGE);

	private static InetAddress address(int number) {
		return IpAddress.parse("192.0.2." + number);
	}

	@Test
	void addressIsCurrentForTheAgeAfterItWasFound() {
		this.addresses.recordLookup(List.of(A, B), START);
		this.addresses.recordLookup(List.of(B), START + 1);
		assertThat(this.addresses.isCurrent(A, START + AGE - 1)).isTrue();
		assertThat(this.addresses.isCurrent(A, START + AGE)).isFalse();
		assertThat(this.addresses.isCurrent(B, START + 100 * AGE)).as("found by the last lookup").isTrue();
		assertThat(this.addresses.isCurrent(C, START)).as("never found").isFalse();
		assertThat(this.addresses.isCurrent(null, START)).isFalse();
	}

	@Test
	void addressIsGoneAtOnceIfTheLastLookupIsOld() {
		this.addresses.recordLookup(List.of(A), START);
		this.addresses.recordLookup(List.of(B), START + AGE);
		assertThat(this.addresses.isCurrent(A, START + AGE)).isFalse();
	}

	@Test
	void lookupIsDueAfterTheAge() {
		this.addresses.recordLookup(List.of(A), START);
		assertThat(this.addresses.isDue(START + AGE - 1)).isFalse();
		assertThat(this.addresses.isDue(START + AGE)).isTrue();
	}

	@Test
	void addressesThatComeBackStayLonger() {
		long now = START;
		int lost = 0;
		for (int i = 0; i < 60; i++) {
			now += AGE;
			this.addresses.recordLookup(List.of((i % 3 == 0) ? A : (i % 3 == 1) ? B : C), now);
			lost += this.addresses.isCurrent(A, now) ? 0 : 1;
		}
		assertThat(lost).as("only at first").isBetween(1, 4);
	}

	@Test
	void lookupsThatFindAnAddressAgainAndAgainDoNotExtendItsTime() {
		long now = START;
		for (int i = 0; i < 20; i++) {
			now += 5 * AGE;
			this.addresses.recordLookup(List.of(A, B), now);
		}
		this.addresses.recordLookup(List.of(B), now + AGE);
		assertThat(this.addresses.isCurrent(A, now + AGE)).isFalse();
	}

	@Test
	void manyFormerAddressesAreForgotten() {
		long now = START;
		for (int i = 0; i < 200; i++) {
			this.addresses.recordLookup(List.of(address(i)), ++now);
		}
		int current = 0;
		for (int i = 0; i < 200; i++) {
			current += this.addresses.isCurrent(address(i), now) ? 1 : 0;
		}
		assertThat(current).isEqualTo(65);
		assertThat(this.addresses.isCurrent(address(198), now)).as("the newest").isTrue();
	}

	@Test
	void addressesThatFailedComeLastForAMinute() {
		List<InetAddress> all = List.of(A, B, C);
		this.addresses.recordLookup(all, START);
		this.addresses.failed(A, START);
		assertThat(this.addresses.ordered(all, START)).containsExactly(B, C, A);
		this.addresses.failed(B, START + 1);
		assertThat(this.addresses.ordered(all, START + 2)).containsExactly(C, A, B);
		assertThat(this.addresses.ordered(all, START + MINUTE)).containsExactly(A, C, B);
		assertThat(this.addresses.ordered(all, START + MINUTE + 1)).containsExactly(A, B, C);
	}

	@Test
	void addressThatSucceedsIsNoLongerLast() {
		List<InetAddress> all = List.of(A, B);
		this.addresses.recordLookup(all, START);
		this.addresses.failed(A, START);
		this.addresses.succeeded(A);
		assertThat(this.addresses.ordered(all, START)).containsExactly(A, B);
	}

	@Test
	void addressesThatAllFailedKeepTheirOrder() {
		List<InetAddress> all = List.of(A, B);
		this.addresses.recordLookup(all, START);
		this.addresses.failed(B, START);
		this.addresses.failed(A, START);
		assertThat(this.addresses.ordered(all, START)).containsExactly(A, B);
		assertThat(this.addresses.ordered(List.of(A), START)).containsExactly(A);
	}

	@Test
	void failuresOfFormerAddressesAreForgotten() {
		for (int i = 1; i < 100; i++) {
			this.addresses.recordLookup(List.of(address(i)), START + i * AGE);
			this.addresses.failed(address(i), START + i * AGE);
		}
		List<InetAddress> both = List.of(address(1), address(200));
		assertThat(this.addresses.ordered(both, START + 100 * AGE)).isEqualTo(both);
		assertThat(this.addresses.ordered(List.of(address(99), address(200)), START + 100 * AGE)).endsWith(address(99));
	}

}
