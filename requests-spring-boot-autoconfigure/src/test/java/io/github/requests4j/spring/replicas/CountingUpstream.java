package io.github.requests4j.spring.replicas;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.requests4j.spring.KeepAliveServer;

/**
 * A server that keeps connections alive, and counts the requests of each replica, logins
 * and open connections.
 */
final class CountingUpstream implements AutoCloseable {

	private final AtomicIntegerArray requests = new AtomicIntegerArray(Replicas.COUNT);

	private final AtomicInteger logins = new AtomicInteger();

	private final KeepAliveServer server;

	CountingUpstream() throws IOException {
		this.server = new KeepAliveServer(this::answer);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port() + "/";
	}

	/** The number of requests from a replica. */
	int requests(int replica) {
		return this.requests.get(replica);
	}

	int logins() {
		return this.logins.get();
	}

	int openConnections() {
		return this.server.openConnections();
	}

	/** The body is the version in the settings of the replica. */
	private String answer(String path, Map<String, String> headers) {
		this.requests.incrementAndGet(Integer.parseInt(headers.get("x-replica")));
		String status = "200 OK";
		String cookie = "";
		if (path.equals("/login/login")) {
			cookie = "Set-Cookie: sid=" + this.logins.incrementAndGet() + "; Path=/\r\n";
		}
		else if (path.equals("/login/orders") && !headers.containsKey("cookie")) {
			status = "401 Unauthorized";
		}
		return KeepAliveServer.response(status, cookie, headers.getOrDefault("x-version", "none"));
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
