package io.github.requests4j.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.interleaving.Interleavings;

/**
 * The state of a digest auth that threads share.
 */
@Tag("once")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DigestInterleavingTests {

	private static final BasicCredentials USER = new BasicCredentials("user", "pass");

	private static final String ORIGIN = "http://example.com";

	private static final List<DigestMemory.Route> ROUTES = List.of(new DigestMemory.Route(ORIGIN, null),
			new DigestMemory.Route(ORIGIN, "http://proxy.example"));

	private static final DigestChallenge[][] CHALLENGES = { { challenge(0, 0), challenge(0, 1) },
			{ challenge(1, 0), challenge(1, 1) } };

	private static DigestChallenge challenge(int nonce, int opaque) {
		return Objects.requireNonNull(DigestChallenge.strongest(
				List.of("Digest realm=\"r\", nonce=\"n" + nonce + "\", opaque=\"" + opaque + "\", qop=\"auth\"")));
	}

	private static @Nullable String nonceOf(DigestMemory.@Nullable Nonce nonce) {
		for (int i = 0; nonce != null && i < CHALLENGES.length; i++) {
			if (nonce.isUsedBy(CHALLENGES[i][0].start(USER, "/"), USER, "/")) {
				return "n" + i;
			}
		}
		return null;
	}

	private static String parameter(String header, String before, String behind) {
		int start = header.indexOf(before) + before.length();
		return header.substring(start, header.indexOf(behind, start));
	}

	/** Answers to challenges. */
	public static final class Counts {

		private final DigestMemory memory = new DigestMemory();

		@Operation
		public int answer(@Param(gen = IntGen.class, conf = "0:1") int route,
				@Param(gen = IntGen.class, conf = "0:1") int nonce,
				@Param(gen = IntGen.class, conf = "0:1") int opaque) {
			String header = this.memory.challenged(ROUTES.get(route), CHALLENGES[nonce][opaque])
				.authorization(USER, "GET", "/");
			return Integer.parseInt(parameter(header, "nc=", ","), 16);
		}

	}

	/** The answers of one thread. */
	public static final class CountsModel {

		private final Map<String, Integer> counts = new HashMap<>();

		@Operation
		public int answer(int route, int nonce, int opaque) {
			return this.counts.merge(route + " " + nonce, 1, Integer::sum);
		}

	}

	/** Which nonce is used without waiting for a challenge. */
	public static final class Accepted {

		private final DigestMemory memory = new DigestMemory();

		@Operation
		public void accepted(@Param(gen = IntGen.class, conf = "0:1") int route,
				@Param(gen = IntGen.class, conf = "0:1") int nonce) {
			this.memory.accepted(ROUTES.get(route), nonce(route, nonce));
		}

		@Operation
		public void refused(@Param(gen = IntGen.class, conf = "0:1") int route,
				@Param(gen = IntGen.class, conf = "0:1") int nonce) {
			this.memory.rejected(ROUTES.get(route), nonce(route, nonce));
		}

		@Operation
		public @Nullable String find(@Param(gen = IntGen.class, conf = "0:1") int route) {
			return nonceOf(this.memory.find(ROUTES.get(route)));
		}

		@Operation
		public @Nullable String findByOrigin() {
			return nonceOf(this.memory.find(ORIGIN));
		}

		private DigestMemory.Nonce nonce(int route, int nonce) {
			return this.memory.challenged(ROUTES.get(route), CHALLENGES[nonce][0]);
		}

	}

	/** The same for one thread. */
	public static final class AcceptedModel {

		private final Map<Integer, Integer> accepted = new HashMap<>();

		private int last;

		@Operation
		public void accepted(int route, int nonce) {
			this.accepted.put(route, nonce);
			this.last = route;
		}

		@Operation
		public void refused(int route, int nonce) {
			this.accepted.remove(route, nonce);
		}

		@Operation
		public @Nullable String find(int route) {
			Integer nonce = this.accepted.get(route);
			return (nonce != null) ? "n" + nonce : null;
		}

		@Operation
		public @Nullable String findByOrigin() {
			return find(this.last);
		}

	}

	@Test
	@DisplayName("concurrency: a nonce count never repeats, and the most recently accepted nonce is used")
	void nonceCountsAreLinearizable() throws Exception {
		Interleavings.check(Counts.class, CountsModel.class, Accepted.class, AcceptedModel.class);
	}

}
