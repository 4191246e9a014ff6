package io.github.requests4j.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import io.github.requests4j.Session;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Challenges, one header in each line. Nothing in the answer begins another header or
 * adds a parameter, and the password is never part of it.
 */
public final class WwwAuthenticateFuzz {

	private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\[\"\\\\])*+\"";

	private static final Pattern ANSWER = Pattern.compile("Digest username=\"user\", realm=" + QUOTED + ", nonce="
			+ QUOTED + ", uri=\"/path\\?query\", " + "response=\"[0-9a-f]+\"(, opaque=" + QUOTED
			+ ")?(, algorithm=\"[\\w-]+\")?" + "(, qop=\"auth\", nc=[0-9a-f]{8}, cnonce=\"[0-9a-f]+\")?");

	private static final Session SESSION = Fuzz.session(WwwAuthenticateFuzz::answer);

	private static List<String> challenges = List.of();

	private static int hops;

	private WwwAuthenticateFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		challenges = List.of(new String(data, StandardCharsets.ISO_8859_1).split("\n", -1));
		if (!challenges.stream().allMatch(Fuzz::isHeaderText)) {
			return;
		}
		hops = 0;
		try {
			SESSION.get("http://example.org/path?query",
					(options) -> options.auth(new HttpDigestAuth("user", "Pa55-word")));
		}
		catch (RequestException ex) {
			Fuzz.check(hops <= 2, "went on after its error", ex);
		}
		Fuzz.check(hops == 1 || hops == 2, "answered more than once", hops);
	}

	private static Response answer(PreparedRequest request) {
		String header = request.headers().get("Authorization");
		if (hops++ > 0) {
			Fuzz.check(header != null && ANSWER.matcher(header).matches(), "no answer, or one of another form", header);
			Fuzz.checkHeader(header);
			Fuzz.check(!header.contains("Pa55") || String.join("", challenges).contains("Pa55"), "the password",
					header);
		}
		return Fuzz.response(request, 401, "WWW-Authenticate", challenges);
	}

}
