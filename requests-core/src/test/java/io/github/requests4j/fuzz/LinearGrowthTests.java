package io.github.requests4j.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.internal.environment.NetrcFuzz;
import io.github.requests4j.testserver.Growth;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Twice the input takes a parser under three times as long, as {@link Growth} measures
 * it. The time for what reads from connections is measured in {@code LinearWireTests}.
 */
@Tag("once")
class LinearGrowthTests {

	private static final int LENGTH = 16 * 1024;

	static Stream<Arguments> runs() {
		return Stream
			.of(of("URL", UrlFuzz::fuzzerTestOneInput, "http://h/",
					List.of("@", "/..", "/.", "%", "%41", "[", "\\", "\u00e4", "?", "#", " ", "a")),
					of("URL authority", UrlFuzz::fuzzerTestOneInput, "http://",
							List.of("@", "a@", ":", "[", "a.", "%2e", "1.", "\u0130", "\u0130.")),
					of("redirect", RedirectFuzz::fuzzerTestOneInput, "",
							List.of("@", "/", "//", "../", "?", ";", "http://", "\u00c3\u00a4", "%", ":")),
					of("Set-Cookie", SetCookieFuzz::fuzzerTestOneInput, "a=b; Expires=",
							List.of(";", "=", "a=b;", " ", "1", "1 ", ":", "a=b\n", "Domain=x.example.co.uk;", "\"",
									",", "Jan")),
					of("Set-Cookie domain", SetCookieFuzz::fuzzerTestOneInput, "a=b; Domain=",
							List.of(".", "a.", "a", "-")),
					of("WWW-Authenticate", WwwAuthenticateFuzz::fuzzerTestOneInput,
							"Digest realm=\"r\", nonce=\"n\", x=",
							List.of("a ", "a/", "a=", "=", ",", "\"", "\\", "\\\"", "a=\"", "a,", " ", "Digest a=b,",
									"Digest ", "\n")),
					of("challenges", WwwAuthenticateFuzz::fuzzerTestOneInput, "",
							List.of("Digest realm=r, nonce=n, qop=auth,", "a b ", "a/b/", "/=", "\"a\"")),
					of("Link", LinkFuzz::fuzzerTestOneInput, "",
							List.of("<", ">", ",", ", <", "<a>,", ";", "<a>;b=c,", "=", "a=b;", " ", "'", "<,")),
					of("netrc", NetrcFuzz::fuzzerTestOneInput, "",
							List.of("machine a ", "#", "# ", "\\", "\"", "\"\" ", "\n", "macdef a\n\n",
									"machine a login b\n", "default ", "macdef \n", " ")),
					of("netrc at its end", NetrcFuzz::fuzzerTestOneInput, "machine a login b macdef x ",
							List.of("a\n", "\n \n", "#\n", "a ")),
					of("no_proxy", NoProxyFuzz::fuzzerTestOneInput, "host.example\n",
							List.of(",", "a,", ".", "*", "|", "*a|", "1.2.3.4/8,", "/", " ", "1.", "\u0130")),
					of("no_proxy host", NoProxyFuzz::fuzzerTestOneInput, "", List.of("a", "a.", "1.", "[", ":")))
			.flatMap((cases) -> cases);
	}

	private static Stream<Arguments> of(String name, Consumer<byte[]> target, String prefix, List<String> pieces) {
		return pieces.stream().map((piece) -> arguments(name, target, prefix, piece));
	}

	@ParameterizedTest(name = "{0}: {3}")
	@MethodSource("runs")
	@DisplayName("threat 45 (CVE-2021-33503): twice the input takes a parser under three times as long")
	void timeGrowsLinearlyWithTheInput(String name, Consumer<byte[]> target, String prefix, String piece)
			throws IOException {
		Growth.assertLinear(name + " of '" + piece + "'", target::accept, input(prefix, piece, LENGTH),
				input(prefix, piece, 2 * LENGTH));
	}

	private static byte[] input(String prefix, String piece, int length) {
		String text = prefix + piece.repeat(length / piece.length());
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
