package io.github.requests4j.conformance;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.HttpbinServer;

/**
 * A server to talk to and a session that heeds no environment, new for each test.
 */
abstract class HttpbinSupport {

	protected HttpbinServer httpbin;

	protected Session session;

	@BeforeEach
	void open() throws IOException {
		this.httpbin = HttpbinServer.start();
		this.session = Session.builder().environment(RequestsEnvironment.EMPTY).build();
	}

	@AfterEach
	void close() {
		this.session.close();
		this.httpbin.close();
	}

	protected String url(String path) {
		return this.httpbin.url(path);
	}

	protected static PreparedRequest prepared(String method, String url) {
		return Request.of(method, url).prepare();
	}

	protected static String shown(Response response, String... path) {
		JsonNode node = response.json();
		for (String step : path) {
			node = node.path(step);
		}
		return node.isString() ? node.stringValue() : node.toString();
	}

	/** A session that sees these variables and no others. */
	protected static Session sessionWith(Map<String, String> variables) {
		return Session.builder().environment(new Variables(variables)).build();
	}

}
