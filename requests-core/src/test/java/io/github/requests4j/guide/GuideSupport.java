package io.github.requests4j.guide;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.github.requests4j.testserver.HttpbinServer;

/**
 * A server to talk to, new for each test. What stands between {@code tag::name[]} and
 * {@code end::name[]} is shown in the guide.
 */
abstract class GuideSupport {

	protected HttpbinServer server;

	@BeforeEach
	void open() throws IOException {
		this.server = HttpbinServer.start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	/** What the guide calls {@code site}. */
	protected String site() {
		return this.server.url("");
	}

}
