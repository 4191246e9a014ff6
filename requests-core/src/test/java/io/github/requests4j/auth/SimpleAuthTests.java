package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SimpleAuthTests {

	private static PreparedRequest request() {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod("GET");
		request.prepareUrl("http://example.com/", null);
		return request;
	}

	private static byte[] sent(Auth auth) {
		String value = auth.apply(request()).headers().get("Authorization");
		assertThat(value).startsWith("Basic ");
		return Base64.getDecoder().decode(value.substring("Basic ".length()));
	}

	@Test
	@DisplayName("129: Basic encodes Latin-1 as base64 without line breaks")
	void basicUsesLatin1() {
		assertThat(sent(new HttpBasicAuth("us\u00e9r", "p:\u00ff")))
			.isEqualTo("us\u00e9r:p:\u00ff".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(new HttpBasicAuth("u".repeat(200), "p").apply(request()).headers().get("Authorization"))
			.doesNotContain("\n", "\r");
	}

	@Test
	@DisplayName("129: credentials beyond Latin-1 are encoded as UTF-8")
	void otherCredentialsUseUtf8() {
		assertThat(sent(new HttpBasicAuth("us\u00e9r", "\u20ac")))
			.isEqualTo("us\u00e9r:\u20ac".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	@DisplayName("129: bytes are sent unchanged")
	void bytesAreSentUnchanged() {
		byte[] name = { 'u', (byte) 0x80, (byte) 0xFE };
		assertThat(sent(new HttpBasicAuth(name, new byte[] { (byte) 0xC3 }))).containsExactly('u', 0x80, 0xFE, ':',
				0xC3);
	}

	@Test
	@DisplayName("127: an auth replaces an explicit Authorization header")
	void authReplacesAnAuthorizationHeader() {
		PreparedRequest request = request();
		request.headers().put("authorization", "mine");
		new HttpBasicAuth("u", "p").apply(request);
		assertThat(request.headers().getAll("Authorization")).containsExactly("Basic dTpw");
	}

	@Test
	@DisplayName("132: auths with the same user name and password are equal")
	void equalityComparesUserNameAndPassword() {
		assertThat(new HttpBasicAuth("u", "p")).isEqualTo(new HttpBasicAuth("u", "p"))
			.hasSameHashCodeAs(new HttpBasicAuth("u", "p"))
			.isNotEqualTo(new HttpBasicAuth("u", "q"))
			.isNotEqualTo(new HttpBasicAuth("v", "p"));
		assertThat(new HttpDigestAuth("u", "p")).isEqualTo(new HttpDigestAuth("u", "p"))
			.hasSameHashCodeAs(new HttpDigestAuth("u", "p"))
			.isNotEqualTo(new HttpDigestAuth("u", "q"));
		assertThat(new HttpProxyAuth("u", "p")).isEqualTo(new HttpProxyAuth("u", "p"))
			.hasSameHashCodeAs(new HttpProxyAuth("u", "p"))
			.isNotEqualTo(new HttpProxyAuth("u", "q"));
	}

	@Test
	@DisplayName("132: HttpProxyAuth sets only Proxy-Authorization")
	void proxyAuthSetsOnlyProxyAuthorization() {
		PreparedRequest request = new HttpProxyAuth("u", "p").apply(request());
		assertThat(request.headers()).containsOnlyKeys("Proxy-Authorization")
			.containsEntry("Proxy-Authorization", "Basic dTpw");
	}

	@Test
	@DisplayName("threat 40: toString() hides the secret of every auth")
	void toStringHidesSecrets() {
		assertThat(new HttpBasicAuth("u", "canary")).asString().doesNotContain("canary", "Y2FuYXJ5");
		assertThat(new HttpProxyAuth("u", "canary")).asString().doesNotContain("canary", "Y2FuYXJ5");
		assertThat(new HttpDigestAuth("u", "canary")).asString().doesNotContain("canary");
		assertThat(new HttpDigestAuth("u", "canary").credentials()).asString().doesNotContain("canary");
		assertThat(new BearerAuth("canary")).asString().doesNotContain("canary");
	}

	@Test
	@DisplayName("131: the supplier of a bearer token is called once per call")
	void bearerTokenIsRequestedForEachCall() {
		AtomicInteger calls = new AtomicInteger();
		Auth auth = new BearerAuth(() -> "t" + calls.incrementAndGet());
		assertThat(auth.apply(request()).headers().get("Authorization")).isEqualTo("Bearer t1");
		assertThat(auth.apply(request()).headers().get("Authorization")).isEqualTo("Bearer t2");
		assertThat(new BearerAuth("t").apply(request()).headers().get("Authorization")).isEqualTo("Bearer t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "canary\n", "canary\r\nX: y", "can ary", "canary\u00e9", "canary\u0000" })
	@DisplayName("threat 15: a token with invalid characters is rejected and not shown")
	void invalidTokenIsRejectedWithoutShowingIt(String token) {
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> new BearerAuth(token))
			.withMessageNotContaining("canary");
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> new BearerAuth(() -> token).apply(request()))
			.withMessageNotContaining("canary");
	}

}
