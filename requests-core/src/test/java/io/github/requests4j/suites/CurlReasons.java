package io.github.requests4j.suites;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Why a call does not send what curl sends in a test.
 */
final class CurlReasons {

	private static final Map<String, Set<Integer>> REASONS = Map.ofEntries(
			Map.entry("each request is HTTP/1.1, whatever the server said before", Set.of(1074)),
			Map.entry("cookies with paths of equal length go in the order of their creation", Set.of(46, 1216, 420)),
			Map.entry("cookies belong to the host of the URL, not to the one in a Host header", Set.of(62, 1258)),
			Map.entry("a Secure cookie goes over TLS only, for localhost too", Set.of(392)),
			Map.entry("a Cookie header of the caller stands alone, as in requests", Set.of(172)),
			Map.entry("cookies fill their header up to the octets of the policy, not up to 150 of them", Set.of(442)),
			Map.entry("the body goes with the first request of a digest, too, as in requests",
					Set.of(88, 246, 1284, 2068)),
			Map.entry("a redirect is challenged for a digest again", Set.of(1286)),
			Map.entry("digest user names are never hashed", Set.of(2066)),
			Map.entry("a host is lower-cased, as in requests", Set.of(1318, 1476)),
			Map.entry("netrc comes before the user name of the URL, as in requests", Set.of(682, 1646)),
			Map.entry("a backslash in netrc stands for the next character, as in requests", Set.of(478)),
			Map.entry("a challenge is answered once in a call, as in requests", Set.of(388)),
			Map.entry("blanks and quotes in a URL are percent-encoded, as in requests", Set.of(40, 64)),
			Map.entry("a Content-Length that contradicts the body is rejected", Set.of(60)));

	private CurlReasons() {
	}

	/** Why the test with this number is different; null if that is not known. */
	static @Nullable String of(int number) {
		return REASONS.entrySet()
			.stream()
			.filter((reason) -> reason.getValue().contains(number))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

}
