package io.github.requests4j.auth;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChallengeTests {

	private static List<Challenge> parse(String... values) {
		return Challenge.parse(List.of(values));
	}

	private static Challenge challenge(String scheme, String... namesAndValues) {
		Map<String, String> parameters = new java.util.LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			parameters.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return new Challenge(scheme, parameters);
	}

	@Test
	@DisplayName("135: several challenges in one header are split")
	void severalChallengesInOneHeaderAreSplit() {
		assertThat(parse("Basic realm=\"b, c\", Digest realm=\"d\", nonce=\"n=,\", qop=\"auth, auth-int\", Negotiate"))
			.containsExactly(challenge("basic", "realm", "b, c"),
					challenge("digest", "realm", "d", "nonce", "n=,", "qop", "auth, auth-int"), challenge("negotiate"));
	}

	@Test
	@DisplayName("135: challenges in several headers are split")
	void challengesInSeveralHeadersAreSplit() {
		assertThat(parse("Digest realm=a,nonce=1", "DIGEST Realm=b , NONCE=2")).containsExactly(
				challenge("digest", "realm", "a", "nonce", "1"), challenge("digest", "realm", "b", "nonce", "2"));
	}

	@Test
	@DisplayName("135: a token68 is not a parameter")
	void token68IsNotAParameter() {
		assertThat(parse("Negotiate YII+/abc==, Digest realm=\"r\"")).containsExactly(challenge("negotiate"),
				challenge("digest", "realm", "r"));
	}

	@Test
	@DisplayName("135: quotes and escapes are removed, and blanks around the equals sign are allowed")
	void quotesAndEscapesAreRemoved() {
		assertThat(parse("Digest realm = \"a\\\"b\\\\c\" , opaque=\"\", nonce=x y"))
			.containsExactly(challenge("digest", "realm", "a\"b\\c", "opaque", "", "nonce", "x y"));
	}

	@Test
	@DisplayName("135: unquoted base64 is one value")
	void unquotedBase64IsOneValue() {
		assertThat(parse("Digest nonce=ab/c+d==,realm=r"))
			.containsExactly(challenge("digest", "nonce", "ab/c+d==", "realm", "r"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", ", ,", "=", "=\"x\"", "\"", "Digest \"", "Digest realm=\"", "Digest realm=\"\\",
			"Digest realm", "Digest realm=", "(", "Digest (=x, realm=y", "a=b" })
	@DisplayName("135: the parser accepts any header")
	void malformedHeaderNeverFails(String value) {
		assertThat(parse(value)).allSatisfy((challenge) -> assertThat(challenge.scheme()).isNotEmpty());
	}

	@Test
	@DisplayName("threat 45: a header of 1 MB is parsed in linear time")
	void longHeaderIsParsedInLinearTime() {
		for (String part : List.of("\"", "=", ",", "a ", "Digest ", "\\", "a=\"", "(")) {
			assertThat(parse(part.repeat(1_000_000 / part.length()))).isNotNull();
		}
	}

}
