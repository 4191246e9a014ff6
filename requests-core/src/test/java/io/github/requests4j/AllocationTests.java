package io.github.requests4j;

import java.io.IOException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.testserver.AllocatedBytes;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call allocates on the caller's thread. Unlike time, it hardly depends on the
 * machine, and shows when the path of a call has grown.
 */
class AllocationTests {

	private static final int CALLS = 500;

	@Test
	@DisplayName("198: a GET over a reused connection allocates less than 8 KB")
	void smallGetAllocatesLessThanItsLimit() throws IOException {
		String body = "x".repeat(200);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json(body));
				Session session = Session.builder().trustEnv(false).build()) {
			String url = server.url("/item");
			measure(session, url);
			assertThat(measure(session, url) / CALLS).isLessThan(8 * 1024);
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	private static long measure(Session session, String url) {
		long before = AllocatedBytes.ofThisThread();
		for (int i = 0; i < CALLS; i++) {
			if (session.get(url).content().length != 200) {
				throw new AssertionError("Not the whole body");
			}
		}
		return AllocatedBytes.ofThisThread() - before;
	}

}
