package io.github.requests4j.spring.redis;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A server whose responses are determined by their request: {@code /size/name} has a body
 * of that many bytes, which depends on the path and on the credentials.
 */
final class Origin implements AutoCloseable {

	private final MockWebServer server = new MockWebServer();

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	private final List<String> headers = new CopyOnWriteArrayList<>(List.of("Cache-Control", "max-age=600"));

	/** Requests wait for it. */
	private volatile CountDownLatch gate = new CountDownLatch(0);

	private volatile String version = "";

	Origin() throws IOException {
		this.server.setDispatcher(new Dispatcher() {
			@Override
			public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
				Origin.this.requests.add(request);
				Origin.this.gate.await();
				return respond(request);
			}
		});
		this.server.start();
	}

	private MockResponse respond(RecordedRequest request) {
		String path = request.getUrl().encodedPath();
		String credentials = request.getHeaders().get("Authorization");
		MockResponse.Builder response = new MockResponse.Builder()
			.body(new Buffer().write(body(path, credentials + this.version)));
		for (int i = 0; i < this.headers.size(); i += 2) {
			response.addHeader(this.headers.get(i), this.headers.get(i + 1));
		}
		String tag = response.build().getHeaders().get("ETag");
		boolean unchanged = tag != null && tag.equals(request.getHeaders().get("If-None-Match"));
		return unchanged ? response.code(304).body("").build() : response.build();
	}

	/** Returns the body of a path for some credentials. */
	static byte[] body(String path, String credentials) {
		byte[] body = new byte[Integer.parseInt(path.split("/")[1])];
		int state = (path + credentials).hashCode();
		for (int i = 0; i < body.length; i++) {
			state = state * 1_664_525 + 1_013_904_223;
			body[i] = (byte) (state >>> 24);
		}
		return body;
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getPort() + "/";
	}

	int requests() {
		return this.requests.size();
	}

	/** Sets the headers of the following responses. */
	void respondWith(String... headers) {
		this.headers.clear();
		this.headers.addAll(List.of(headers));
	}

	/** Changes all bodies. */
	void change() {
		this.version = "changed";
	}

	void hold() {
		this.gate = new CountDownLatch(1);
	}

	void letGo() {
		this.gate.countDown();
	}

	@Override
	public void close() {
		letGo();
		this.server.close();
	}

}
