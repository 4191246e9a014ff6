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
	@DisplayName("129: Basic is Latin-1 in base64 without line breaks")
	void basicIsLatin1() {
		assertThat(sent(new HttpBasicAuth("us\u00e9r", "p:\u00ff")))
			.isEqualTo("us\u00e9r:p:\u00ff".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(new HttpBasicAuth("u".repeat(200), "p").apply(request()).headers().get("Authorization"))
			.doesNotContain("\n", "\r");
	}

	@Test
	@DisplayName("129: credentials beyond Latin-1 are UTF-8")
	void beyondLatin1() {
		assertThat(sent(new HttpBasicAuth("us\u00e9r", "\u20ac")))
			.isEqualTo("us\u00e9r:\u20ac".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	@DisplayName("129: bytes are sent as they are")
	void bytes() {
		byte[] name = { 'u', (byte) 0x80, (byte) 0xFE };
		assertThat(sent(new HttpBasicAuth(name, new byte[] { (byte) 0xC3 }))).containsExactly('u', 0x80, 0xFE, ':',
				0xC3);
	}

	@Test
	@DisplayName("127: auth takes the place of an explicit Authorization header")
	void overwrites() {
		PreparedRequest request = request();
		request.headers().put("authorization", "mine");
		new HttpBasicAuth("u", "p").apply(request);
		assertThat(request.headers().getAll("Authorization")).containsExactly("Basic dTpw");
	}

	@Test
	@DisplayName("132: auths are equal by user name and password")
	void equality() {
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
	@DisplayName("132: HttpProxyAuth sets Proxy-Authorization and nothing else")
	void proxyAuth() {
		PreparedRequest request = new HttpProxyAuth("u", "p").apply(request());
		assertThat(request.headers()).containsOnlyKeys("Proxy-Authorization")
			.containsEntry("Proxy-Authorization", "Basic dTpw");
	}

	@Test
	@DisplayName("threat 40: no auth shows its secret")
	void secrets() {
		assertThat(new HttpBasicAuth("u", "canary")).asString().doesNotContain("canary", "Y2FuYXJ5");
		assertThat(new HttpProxyAuth("u", "canary")).asString().doesNotContain("canary", "Y2FuYXJ5");
		assertThat(new HttpDigestAuth("u", "canary")).asString().doesNotContain("canary");
		assertThat(new HttpDigestAuth("u", "canary").credentials()).asString().doesNotContain("canary");
		assertThat(new BearerAuth("canary")).asString().doesNotContain("canary");
	}

	@Test
	@DisplayName("131: a bearer token is asked of its supplier once for each call")
	void bearer() {
		AtomicInteger calls = new AtomicInteger();
		Auth auth = new BearerAuth(() -> "t" + calls.incrementAndGet());
		assertThat(auth.apply(request()).headers().get("Authorization")).isEqualTo("Bearer t1");
		assertThat(auth.apply(request()).headers().get("Authorization")).isEqualTo("Bearer t2");
		assertThat(new BearerAuth("t").apply(request()).headers().get("Authorization")).isEqualTo("Bearer t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "canary\n", "canary\r\nX: y", "can ary", "canary\u00e9", "canary\u0000" })
	@DisplayName("threat 15: a token that would end its header is rejected, and not shown")
	void badToken(String token) {
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> new BearerAuth(token))
			.withMessageNotContaining("canary");
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> new BearerAuth(() -> token).apply(request()))
			.withMessageNotContaining("canary");
	}

}
