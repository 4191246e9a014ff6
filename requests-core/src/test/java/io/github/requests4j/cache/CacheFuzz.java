package io.github.requests4j.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import io.github.requests4j.fuzz.Fuzz;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Headers that the cache reads, and entries that a store outside this process returns.
 * Whatever they contain, numbers stay within their bounds, and an entry is either
 * complete or missing.
 */
public final class CacheFuzz {

	private CacheFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		readEntry(data);
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		String text = new String(data, StandardCharsets.ISO_8859_1);
		for (String line : text.split("\n", -1)) {
			int colon = line.indexOf(':');
			headers.add((colon > 0) ? line.substring(0, colon) : "Cache-Control", line.substring(colon + 1));
		}
		CacheDirectives directives = CacheDirectives.of(headers);
		for (String name : new String[] { "max-age", "stale-if-error", "stale-while-revalidate" }) {
			long seconds = directives.seconds(name);
			Fuzz.check(seconds >= -1 && seconds <= Integer.MAX_VALUE, "seconds out of bounds", seconds);
		}
		long now = 1_800_000_000_000L;
		Fuzz.check(Freshness.explicitLifetime(directives, headers, now) >= -1, "a negative lifetime", headers);
		Map<String, String> vary = Vary.of(headers, headers);
		Fuzz.check(vary == null || Vary.matches(vary, headers), "a request that does not match itself", vary);
		StoredResponse stored = new StoredResponse(200, "OK", headers, Map.of(), new Identity("", ""), now, now);
		Fuzz.check(Freshness.age(stored, now) >= 0, "a negative age", headers);
		ByteRange range = ByteRange.requested(text);
		ByteRange within = (range != null) ? range.within(100) : null;
		Fuzz.check(within == null || (within.first() >= 0 && within.last() < 100 && within.length() > 0),
				"a range out of bounds", within);
		StoredResponse read = StoredResponse.fromBytes(stored.toBytes());
		Fuzz.check((read != null) == canBeReceived(headers), "headers that no server can send, or their loss", headers);
		Fuzz.check(read == null || Arrays.equals(read.toBytes(), stored.toBytes()), "an entry that is not itself",
				read);
	}

	private static boolean canBeReceived(CaseInsensitiveHeaders headers) {
		return headers.keySet()
			.stream()
			.allMatch((name) -> HeaderRules.isName(name)
					&& headers.getAll(name).stream().allMatch((value) -> HeaderRules.indexOfControl(value) < 0));
	}

	private static void readEntry(byte[] data) {
		StoredResponse read = StoredResponse.fromBytes(data);
		if (read != null) {
			StoredResponse again = StoredResponse.fromBytes(read.toBytes());
			Fuzz.check(canBeReceived(read.headers()), "headers that no server can send", read);
			Fuzz.check(read.usefulFor(Duration.ofDays(1)).toDays() <= 365, "an entry for ever", read);
			Fuzz.check(Freshness.age(read, 1_800_000_000_000L) >= 0, "a negative age", read);
			Fuzz.check(again != null && again.id().equals(read.id()), "an entry that is not itself", read);
		}
	}

}
