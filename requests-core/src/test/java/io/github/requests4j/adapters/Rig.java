package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.FaultProxy;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

/**
 * An adapter, a server, and the network between them, which can be disturbed. If the
 * {@link Wire} has a proxy, it is in front of the server. The server itself plays a proxy
 * that forwards, because that would pass on its bytes unchanged.
 */
final class Rig implements AutoCloseable {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	private final Wire wire;

	private final RawServer server;

	private final Wire.@Nullable Middle proxy;

	private final FaultProxy network;

	private final HttpAdapter adapter;

	private final AtomicInteger failures = new AtomicInteger();

	private volatile RawServer.Script script = Rig::answerAll;

	private volatile boolean healthy;

	private Rig(Wire wire, UnaryOperator<HttpAdapter.Builder> settings) throws IOException {
		this.wire = wire;
		RawServer.Script delegate = (conversation) -> (this.healthy ? (RawServer.Script) Rig::answerAll : this.script)
			.run(conversation);
		this.server = wire.isSecure() ? RawServer.start(CERTIFICATES.localhostContext(), delegate)
				: RawServer.start(delegate);
		this.proxy = wire.hasTunnel() ? wire.startProxy() : null;
		this.network = FaultProxy.before((this.proxy != null) ? this.proxy.port() : this.server.port());
		TlsMaterial material = TlsMaterial.of(CERTIFICATES.clientContext());
		this.adapter = settings
			.apply(HttpAdapter.builder()
				.tlsMaterial(() -> material)
				.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1"))))
			.build();
	}

	static Rig open(Wire wire) throws IOException {
		return new Rig(wire, (builder) -> builder);
	}

	static Rig open(Wire wire, UnaryOperator<HttpAdapter.Builder> settings) throws IOException {
		return new Rig(wire, settings);
	}

	/** Sets what the server does on connections from now on. */
	Rig script(RawServer.Script script) {
		this.script = script;
		return this;
	}

	/** Lets the server answer these texts, one to each request, and then close. */
	Rig answering(String... responses) {
		AtomicInteger next = new AtomicInteger();
		return script((conversation) -> {
			while (next.get() < responses.length && conversation.readRequest() != null) {
				conversation.send(responses[next.getAndIncrement()]);
			}
		});
	}

	/** Answers each request with its method, path and body. */
	static void answerAll(RawConversation conversation) throws IOException {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			String said = request.method() + " " + request.path() + " " + request.bodyText();
			conversation.respond(200, request.method().equals("HEAD") ? "" : said.strip());
			request = conversation.readRequest();
		}
	}

	/** From now on network and server work normally. */
	void heal() {
		this.network.heal();
		this.healthy = true;
	}

	Wire wire() {
		return this.wire;
	}

	RawServer server() {
		return this.server;
	}

	FaultProxy network() {
		return this.network;
	}

	HttpAdapter adapter() {
		return this.adapter;
	}

	/** How many exchanges, or their bodies, were reported as failed. */
	int failures() {
		return this.failures.get();
	}

	String url(String path) {
		return switch (this.wire) {
			case PLAIN -> "http://" + this.network.authority() + path;
			case TLS -> "https://" + this.network.authority() + path;
			case HTTP_PROXY -> "http://origin.example" + path;
			default -> this.server.url(path);
		};
	}

	PreparedRequest get(String... headers) {
		return request("GET", null, headers);
	}

	PreparedRequest request(String method, @Nullable Body body, String... headers) {
		return Calls.request(method, url("/"), body, headers);
	}

	/** Options that lead through the proxy, where there is one. */
	SendOptions options(Consumer<RequestOptions> changes) {
		return SendOptions.of(changes).orElse(options());
	}

	/** Options that lead through the proxy, where there is one. */
	SendOptions options() {
		return optionsBy(this.wire.proxyUrl(this.network.authority()));
	}

	SendOptions optionsBy(@Nullable String proxyUrl) {
		return SendOptions.DEFAULTS.withProxies((proxyUrl != null) ? Proxies.of(Map.of("all", proxyUrl)) : null)
			.withContext(CallContext.NONE.withListeners(List.of((exchange) -> new Counting())));
	}

	Response send(PreparedRequest request) {
		return this.adapter.send(request, options());
	}

	/** Sends a GET and reads its body. */
	String text() {
		return Calls.read(send(get()));
	}

	@Override
	public void close() {
		this.adapter.close();
		this.network.close();
		if (this.proxy != null) {
			quietly(this.proxy);
		}
		this.server.close();
	}

	private static void quietly(AutoCloseable resource) {
		try {
			resource.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class Counting implements ExchangeListener.Scope {

		@Override
		public void responded(Response response, Duration elapsed) {
			// Only failures count.
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			Rig.this.failures.incrementAndGet();
		}

		@Override
		public void bodyFailed(RequestException error) {
			Rig.this.failures.incrementAndGet();
		}

	}

}
