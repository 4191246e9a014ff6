package io.github.requests4j.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * A small HTTP server on a free port of 127.0.0.1 that sends scripted replies. It uses
 * the reply for the method and path, otherwise the next enqueued reply, otherwise 404. It
 * reads real requests and writes real responses, so you can test timeouts, pools and
 * broken connections. It is started by {@link RequestsLocalServer}, or manually with
 * {@link #start}. Thread-safe. <pre>{@code
 * try (LocalServer server = LocalServer.start(); Session session = Session.create()) {
 *     server.on("GET", "/items/tea", Reply.json(Map.of("name", "tea")));
 *     assertThat(session.get(server.url("/items/tea")).json().path("name").asString()).isEqualTo("tea");
 *     assertThat(server.takeCall().headers().get("User-Agent")).startsWith("requests4j/");
 * }
 * }</pre>
 */
public final class LocalServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads;

	private final BlockingQueue<Reply> queue = new LinkedBlockingQueue<>();

	private final BlockingQueue<RecordedCall> calls = new LinkedBlockingQueue<>();

	private final List<Route> routes = new CopyOnWriteArrayList<>();

	private final Supplier<JsonMapper> mapper;

	private LocalServer(HttpServer server, Supplier<JsonMapper> mapper) {
		this.server = server;
		this.mapper = mapper;
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "local-server");
			thread.setDaemon(true);
			return thread;
		});
		server.setExecutor(this.threads);
		server.createContext("/", this::handle);
	}

	/**
	 * Starts a server.
	 * @return the server, which must be closed
	 * @throws UncheckedIOException if there is no free port
	 */
	public static LocalServer start() {
		return start(JsonMapper::shared);
	}

	/** Starts a server that writes JSON replies with a mapper. */
	static LocalServer start(Supplier<JsonMapper> mapper) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			LocalServer local = new LocalServer(server, mapper);
			server.start();
			return local;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the URL of a path on this server.
	 * @param path the path, with or without a slash at the beginning
	 * @return the URL
	 */
	public String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + (path.startsWith("/") ? path : "/" + path);
	}

	/**
	 * Adds replies to the next requests that do not match {@link #on}.
	 * @param replies the replies, each for one request
	 * @return this server
	 */
	public LocalServer enqueue(Reply... replies) {
		for (Reply reply : replies) {
			this.queue.add(reply.written(this.mapper.get()));
		}
		return this;
	}

	/**
	 * Sets the reply to all requests with a method and URL.
	 * @param method the HTTP method
	 * @param url the path and query, in which the order of parameters is ignored
	 * @param reply the reply
	 * @return this server
	 */
	public LocalServer on(String method, String url, Reply reply) {
		this.routes.add(0, new Route(method, url, reply.written(this.mapper.get())));
		return this;
	}

	/**
	 * Waits up to ten seconds for the next request and returns it.
	 * @return the oldest request that has not been taken yet
	 * @throws AssertionError if there is none
	 */
	public RecordedCall takeCall() {
		return takeCall(Duration.ofSeconds(10));
	}

	/**
	 * Waits for the next request and returns it.
	 * @param limit the maximum time to wait
	 * @return the oldest request that has not been taken yet
	 * @throws AssertionError if there is none in time
	 */
	public RecordedCall takeCall(Duration limit) {
		try {
			RecordedCall call = this.calls.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
			if (call == null) {
				throw new AssertionError("No request reached " + url("/") + " within " + limit + ".");
			}
			return call;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("The thread was interrupted while it waited for a request.", ex);
		}
	}

	/**
	 * Returns the requests that have not been taken yet.
	 * @return the requests, oldest first
	 */
	public List<RecordedCall> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * Removes all replies and requests.
	 */
	public void reset() {
		this.routes.clear();
		this.queue.clear();
		this.calls.clear();
	}

	/**
	 * Stops the server and frees its port. Idempotent.
	 */
	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** A permanent reply. */
	private record Route(String method, String url, Reply reply) {

		boolean matches(RecordedCall call) {
			return this.method.equalsIgnoreCase(call.method()) && UrlMatch.matches(this.url, call.url(), "");
		}

	}

	private void handle(HttpExchange exchange) throws IOException {
		RecordedCall call = read(exchange);
		this.calls.add(call);
		Reply reply = find(call);
		if (reply == null) {
			reply = Reply.status(404)
				.body("text/plain", ("There is no reply for\n" + call).getBytes(StandardCharsets.UTF_8));
		}
		send(exchange, reply);
	}

	private @Nullable Reply find(RecordedCall call) {
		for (Route route : this.routes) {
			if (route.matches(call)) {
				return route.reply();
			}
		}
		return this.queue.poll();
	}

	private static RecordedCall read(HttpExchange exchange) throws IOException {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		exchange.getRequestHeaders().forEach((name, values) -> values.forEach((value) -> headers.add(name, value)));
		return new RecordedCall(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
				exchange.getRequestBody().readAllBytes());
	}

	private static void send(HttpExchange exchange, Reply reply) throws IOException {
		try {
			TimeUnit.NANOSECONDS.sleep(reply.delay().toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			exchange.close();
			return;
		}
		if (reply.isBroken()) {
			// An exception in the handler closes the connection without a response
			throw new IOException("The reply breaks the connection.");
		}
		CaseInsensitiveHeaders headers = reply.headers();
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			exchange.getResponseHeaders().put(name, headers.getAll(name));
		}
		byte[] body = reply.bytes();
		exchange.sendResponseHeaders(reply.status(), (body.length == 0) ? -1 : body.length);
		if (body.length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

}
