package io.github.requests4j.guide;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.github.requests4j.testserver.HttpbinServer;

/**
 * A server for the snippets, new for each test. The guide shows the lines between {@code
 * tag::name[]} and {@code end::name[]}.
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

	/** Returns what the guide calls {@code site}. */
	protected String site() {
		return this.server.url("");
	}

}
