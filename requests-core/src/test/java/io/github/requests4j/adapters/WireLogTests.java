package io.github.requests4j.adapters;

import java.io.IOException;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.requests4j.http.Body;
import io.github.requests4j.testserver.LogCapture;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the wire logger shows, and what it does not.
 */
class WireLogTests {

	@RegisterExtension
	private final LogCapture log = LogCapture.of("io.github.requests4j.wire", Level.TRACE);

	@Test
	@DisplayName("threat 40: the wire log has lines and headers, but no body and no secret")
	void wireLogHasNoSecrets() throws IOException {
		String answer = "HTTP/1.1 302 Found\r\nSet-Cookie: id=canary\r\nLocation: http://u:canary@h/p?t=canary\r\n"
				+ "X-Auth-Token: canary\r\nX-Fine: shown\r\nContent-Length: 6\r\n\r\ncanary";
		try (RawServer server = RawServer.answering(answer); HttpAdapter adapter = HttpAdapter.builder().build()) {
			String url = "http://user:canary@" + server.authority() + "/path?a=canary&b=canary#canary";
			Calls.text(adapter, Calls.post(url, Body.of("canary"), "Authorization", "Basic canary", "Cookie",
					"a=canary", "X-Api-Key", "canary", "Accept", "text/plain"));
			assertThat(this.log.messages())
				.contains("send: POST /path?a=***&b=*** HTTP/1.1", "send: Host: " + server.authority(),
						"send: Accept: text/plain", "send: Authorization: ***", "send: data, 6 bytes",
						"reply: HTTP/1.1 302 Found", "header: X-Fine: shown", "header: Set-Cookie: ***")
				.allSatisfy((line) -> assertThat(line).doesNotContain("canary"));
		}
	}

}
