package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.BasicCredentials;

import static org.assertj.core.api.Assertions.assertThat;

class DigestChallengeTests {

	private static final BasicCredentials MUFASA = new BasicCredentials("Mufasa", "Circle of Life");

	private static @Nullable DigestChallenge strongest(String... headers) {
		return DigestChallenge.strongest(List.of(headers));
	}

	private static String answer(BasicCredentials credentials, String uri, String cnonce, String... headers) {
		DigestChallenge challenge = strongest(headers);
		assertThat(challenge).isNotNull();
		return challenge.authorization(credentials, "GET", uri, 1, cnonce);
	}

	@Test
	@DisplayName("136, 138, 139: the example of RFC 2617 is answered")
	void exampleOfRfc2617IsAnswered() {
		String answer = answer(new BasicCredentials("Mufasa", "Circle Of Life"), "/dir/index.html", "0a4f113b",
				"Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
						+ " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
		assertThat(answer).isEqualTo("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
				+ " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
				+ " response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\","
				+ " qop=\"auth\", nc=00000001, cnonce=\"0a4f113b\"");
	}

	@Test
	@DisplayName("136-139: the corrected example of RFC 2069 is answered")
	void exampleOfRfc2069IsAnswered() {
		String answer = answer(new BasicCredentials("Mufasa", "CircleOfLife"), "/dir/index.html", "unused",
				"Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
						+ " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
		assertThat(answer).isEqualTo("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
				+ " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
				+ " response=\"1949323746fe6a43ef61f9606e7febea\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
	}

	@ParameterizedTest
	@CsvSource({ "MD5, 8ca523f5e9506fed4657c9700eebdbec",
			"SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" })
	@DisplayName("136, 138, 139: the examples of RFC 7616 are answered")
	void examplesOfRfc7616AreAnswered(String algorithm, String response) {
		String answer = answer(MUFASA, "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
				"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
						+ ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
						+ " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
		assertThat(answer).isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
				+ " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", response=\""
				+ response + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", algorithm=\"" + algorithm
				+ "\", qop=\"auth\", nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"");
	}

	/** What requests answered to the same challenges, its random bytes being zero. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "- | - | 30ddc4d3c2125b7ec090a29315b54e2d",
			"MD5 | auth | 00d41585408055294b8881088e8e6305", "md5-sess | auth | a07ee161aff7b5748b64c5cb692f66c3",
			"MD5-SESS | - | ac061bf6ea1df191d41c5544dd68fec4", "SHA | auth | 5dc3d61ef8c1ad3632e8ed37fb8026526c416c90",
			"SHA-256 | auth,auth-int | 27d7361081f3f563ed172694948f423e472e461f7087d3e590ff1fd65fade5d0",
			"SHA-512 | auth | f2542798655cfa44666b9f9b736c9ef8aa8254af867061182ac6e40a49b5bb7775b062ce7e79a4548229575285e9b7d7579a359dbfd4a751605281eed316b40d",
			"sha-512 | - | 278f98698d270bb5c445f66aa59e66c27c2fa3a6a8a5f2a17dd95060e905369cc2df3a695960f75446ede50312aa6dd555fbf847755aa5134568a627b74b4d38" })
	@DisplayName("136, 138, 139: the hashes match those of requests, and the header is escaped")
	void answerMatchesRequests(@Nullable String algorithm, @Nullable String qop, String response) {
		DigestChallenge challenge = strongest("Digest realm=\"re\\\"alm\", nonce=abc, opaque=op"
				+ ((algorithm != null) ? ", algorithm=" + algorithm : "")
				+ ((qop != null) ? ", qop=\"" + qop + '"' : ""));
		assertThat(challenge).isNotNull();
		String answer = challenge.authorization(new BasicCredentials("us\"er", "p\u00e4 ss"), "POST", "/p/\u00e4?q=1",
				1, "c9169dd6de1c0d51");
		assertThat(answer).isEqualTo("Digest username=\"us\\\"er\", realm=\"re\\\"alm\", nonce=\"abc\","
				+ " uri=\"/p/\u00c3\u00a4?q=1\", response=\"" + response + "\", opaque=\"op\""
				+ ((algorithm != null) ? ", algorithm=\"" + algorithm + '"' : "")
				+ ((qop != null) ? ", qop=\"auth\", nc=00000001, cnonce=\"c9169dd6de1c0d51\"" : ""));
	}

	@Test
	@DisplayName("136: SHA-512-256 is answered as well")
	void sha512256IsAnswered() {
		String answer = answer(new BasicCredentials("J\u00e4s\u00f8n Doe", "Secret, or not?"), "/doe.json",
				"NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm",
				"Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
						+ " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", charset=UTF-8, userhash=true");
		assertThat(answer).contains("response=\"7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c\"");
	}

	@Test
	@DisplayName("135-137: the strongest of several challenges that can be answered is chosen")
	void strongestChallengeIsChosen() {
		DigestChallenge challenge = strongest(
				"Basic realm=x, Digest realm=weak, nonce=1, qop=auth, algorithm=MD5, Digest realm=strong, nonce=2,"
						+ " qop=\"auth-int, auth\", algorithm=SHA-256",
				"Digest realm=unknown, nonce=3, algorithm=SHA3-512",
				"Digest realm=body, nonce=4, qop=auth-int," + " algorithm=SHA-512",
				"Digest realm=late, nonce=5, qop=auth, algorithm=sha-256");
		assertThat(challenge).isNotNull();
		assertThat(challenge.realm()).isEqualTo("strong");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Digest nonce=n", "Digest realm=r", "Digest realm=r, nonce=n, algorithm=SHA3",
			"Digest realm=r, nonce=n, qop=auth-int", "Digest realm=r, nonce=n, qop=\"x,authx\"", "Basic realm=digest",
			"Basic realm=\"Digest realm=r, nonce=n\"", "DigestX realm=r, nonce=n", "" })
	@DisplayName("135-137: a challenge that cannot be answered is ignored")
	void incompleteOrUnknownChallengeIsNotAnswered(String header) {
		assertThat(strongest(header)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "auth", "auth, auth-int", "auth-int, auth", "auth-int,AUTH" })
	@DisplayName("137: qop \"auth\" is found anywhere in the list")
	void authIsFoundInAnyQopList(String qop) {
		assertThat(strongest("Digest realm=r, nonce=n, qop=\"" + qop + '"')).isNotNull();
	}

	@Test
	@DisplayName("140: the nonce count has eight lower-case hexadecimal digits")
	void nonceCountHasEightHexadecimalDigits() {
		DigestChallenge challenge = strongest("Digest realm=r, nonce=n, qop=auth");
		assertThat(challenge).isNotNull();
		assertThat(challenge.authorization(MUFASA, "GET", "/", 0xABC, "c")).contains(", nc=00000abc, ");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "J\u00f6rg, J\u00c3\u00b6rg", "\u0141 x, \u00c5\u0081 x", "DOMAIN\\ann, DOMAIN\\\\ann",
					"say \"hi\", say \\\"hi\\\"", "\\, \\\\", "\", \\\"", "x\"\\y, x\\\"\\\\y" })
	@DisplayName("139: a user name is escaped and sent as UTF-8, and the same bytes are hashed unescaped")
	void userNameIsEncodedAndEscaped(String name, String sent) {
		String answer = answer(new BasicCredentials(name, "p"), "/", "c", "Digest realm=r, nonce=n");
		assertThat(answer).startsWith("Digest username=\"" + sent + "\", realm=\"r\"");
		assertThat(response(answer)).isEqualTo(md5(md5(utf8(name) + ":r:p") + ":n:" + md5("GET:/")));
	}

	/** Realms in UTF-8, in Latin-1, and with all that has to be escaped. */
	@ParameterizedTest
	@ValueSource(strings = { "caf\u00c3\u00a9", "caf\u00e9", "a\"b", "a\\b", "\\", "\"", "\\\"", "a\", uri=\"/other" })
	@DisplayName("135, 139: realm, nonce and opaque are hashed and returned as the bytes that were received")
	void valuesOfTheServerAreReturnedUnchanged(String value) {
		String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
		String answer = answer(MUFASA, "/", "c",
				"Digest realm=\"" + escaped + "\", nonce=\"" + escaped + "\", opaque=\"" + escaped + "\", qop=auth");
		String response = md5(
				md5("Mufasa:" + value + ":Circle of Life") + ":" + value + ":00000001:c:auth:" + md5("GET:/"));
		assertThat(answer).isEqualTo("Digest username=\"Mufasa\", realm=\"" + escaped + "\", nonce=\"" + escaped
				+ "\", uri=\"/\", response=\"" + response + "\", opaque=\"" + escaped
				+ "\", qop=\"auth\", nc=00000001, cnonce=\"c\"");
		assertThat(Challenge.parse(List.of(answer))).singleElement()
			.satisfies((read) -> assertThat(read.parameters()).containsEntry("realm", value)
				.containsEntry("nonce", value)
				.containsEntry("opaque", value)
				.containsEntry("uri", "/"));
	}

	@Test
	@DisplayName("139: a needless quoted pair in a server's value is one character")
	void needlessEscapeIsResolved() {
		assertThat(answer(MUFASA, "/", "c", "Digest realm=\"a\\b\", nonce=\"\\n\""))
			.contains("realm=\"ab\", nonce=\"n\", uri=\"/\"");
	}

	@Test
	@DisplayName("139: quotes and backslashes in an unquoted value are escaped")
	void unquotedValueIsEscaped() {
		assertThat(answer(MUFASA, "/", "c", "Digest realm=r, nonce=n\\\" x=\"y, opaque=\\"))
			.contains("nonce=\"n\\\\\\\" x=\\\"y\", uri=\"/\"", ", opaque=\"\\\\\"");
	}

	@Test
	@DisplayName("139: quotes and backslashes in the target are escaped, and hashed as they appear in the request line")
	void targetIsEscapedAndHashedAsSent() {
		String answer = answer(MUFASA, "/a\"b\\c", "c", "Digest realm=r, nonce=n");
		assertThat(answer).contains("uri=\"/a\\\"b\\\\c\", response=\"");
		assertThat(response(answer)).isEqualTo(md5(md5("Mufasa:r:Circle of Life") + ":n:" + md5("GET:/a\"b\\c")));
	}

	private static String response(String answer) {
		int start = answer.indexOf("response=\"") + 10;
		return answer.substring(start, answer.indexOf('"', start));
	}

	private static String utf8(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	private static String md5(String bytes) {
		try {
			byte[] hash = MessageDigest.getInstance("MD5").digest(bytes.getBytes(StandardCharsets.ISO_8859_1));
			return HexFormat.of().formatHex(hash);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
