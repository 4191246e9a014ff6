package io.github.requests4j.adapters;

import java.io.IOException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.Body;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the wire logger tells, and what it does not.
 */
class WireLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.requests4j.wire");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.TRACE);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@Test
	@DisplayName("threat 40: the wire log has lines and headers, no body and no secret")
	void logsWithoutSecrets() throws IOException {
		String answer = "HTTP/1.1 302 Found\r\nSet-Cookie: id=canary\r\nLocation: http://u:canary@h/p?t=canary\r\n"
				+ "X-Auth-Token: canary\r\nX-Fine: shown\r\nContent-Length: 6\r\n\r\ncanary";
		try (RawServer server = RawServer.answering(answer); HttpAdapter adapter = HttpAdapter.builder().build()) {
			String url = "http://user:canary@" + server.authority() + "/path?a=canary&b=canary#canary";
			Calls.text(adapter, Calls.post(url, Body.of("canary"), "Authorization", "Basic canary", "Cookie",
					"a=canary", "X-Api-Key", "canary", "Accept", "text/plain"));
			assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
				.contains("send: POST /path?a=***&b=*** HTTP/1.1", "send: Host: " + server.authority(),
						"send: Accept: text/plain", "send: Authorization: ***", "send: data, 6 bytes",
						"reply: HTTP/1.1 302 Found", "header: X-Fine: shown", "header: Set-Cookie: ***")
				.allSatisfy((line) -> assertThat(line).doesNotContain("canary"));
		}
	}

}
