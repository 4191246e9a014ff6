package io.github.requests4j.adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.adapters.StalledCalls.Limit;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.Together;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that accept a connection and never read from it: what the client writes stays
 * with it once the buffers are full, and only its own limits end the call.
 */
class StalledPeerTests {

	/** As little as the system allows. */
	private static final int NARROW = 1024;

	private final CountDownLatch over = new CountDownLatch(1);

	private RawServer healthy;

	private RawServer secureHealthy;

	@BeforeEach
	void start() throws IOException {
		this.healthy = RawServer.start(Rig::answerAll);
		this.secureHealthy = RawServer.start(StalledCalls.CERTIFICATES.localhostContext(), Rig::answerAll);
	}

	@AfterEach
	void stop() {
		this.over.countDown();
		this.healthy.close();
		this.secureHealthy.close();
	}

	@Test
	void writeToAPeerThatNeverReadsTimesOut() throws Exception {
		try (RawServer peer = RawServer.startNarrow(null, NARROW, (conversation) -> this.over.await())) {
			Together.run(StalledCalls.uploads(peer.url("/"), this.healthy.url("/")));
		}
	}

	@Test
	void tlsWriteToAPeerThatNeverReadsTimesOut() throws Exception {
		try (RawServer peer = RawServer.startNarrow(StalledCalls.CERTIFICATES.localhostContext(), NARROW,
				(conversation) -> {
					((SSLSocket) conversation.socket()).startHandshake();
					this.over.await();
				})) {
			Together.run(StalledCalls.uploads(peer.url("/"), this.secureHealthy.url("/")));
		}
	}

	@Test
	void uploadToAPeerThatStopsReadingTimesOut() throws Exception {
		try (RawServer peer = RawServer.startNarrow(null, NARROW, (conversation) -> {
			conversation.readHead();
			conversation.in().readNBytes(100_000);
			this.over.await();
		})) {
			for (Limit limit : List.of(Limit.READ_TIMEOUT, Limit.DEADLINE)) {
				StalledCalls.endsInTime("upload", limit, UnaryOperator.identity(), peer.url("/"),
						(url) -> Calls.post(url, Body.of(new byte[5_000_000])), this.healthy.url("/"));
			}
		}
	}

	@Test
	void handshakeWithASilentPeerTimesOut() throws Exception {
		List<Together.Check> checks = new ArrayList<>();
		try (RawServer silent = RawServer.startNarrow(null, NARROW, (conversation) -> this.over.await());
				RawServer reading = RawServer.start((conversation) -> {
					conversation.readHead();
					this.over.await();
				})) {
			String secure = "https://a.example/";
			for (Limit limit : List.of(Limit.CONNECT_TIMEOUT, Limit.DEADLINE)) {
				checks.add(() -> StalledCalls.endsInTime("TLS handshake", limit, UnaryOperator.identity(),
						"https://" + silent.authority() + "/", Calls::get, this.secureHealthy.url("/")));
				checks.add(through("http://" + silent.authority(), "CONNECT", limit, secure));
				checks.add(through("http://" + reading.authority(), "CONNECT that is read", limit, secure));
				// A head that does not fit into the buffers.
				checks.add(through("http://me:" + "x".repeat(100_000) + "@" + silent.authority(), "large CONNECT",
						limit, secure));
				checks.add(through("https://" + silent.authority(), "TLS handshake with a proxy", limit, secure));
				for (String scheme : List.of("socks4", "socks4a", "socks5", "socks5h")) {
					checks.add(through(scheme + "://" + silent.authority(), scheme, limit, "http://a.example/"));
				}
			}
			Together.run(checks);
		}
	}

	@Test
	void peerThatNeverReadsKeyUpdatesTimesOut(@TempDir Path folder) throws Exception {
		Path certificate = TestCertificates.writeBoth(folder.resolve("peer.pem"),
				StalledCalls.CERTIFICATES.issue("127.0.0.1"));
		Path limits = Files.writeString(folder.resolve("security"),
				"jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 1, ChaCha20-Poly1305 KeyUpdate 1\n");
		try (PeerProcess peer = PeerProcess.start(List.of(), List.of("-Djava.security.properties=" + limits),
				"key-updates", certificate.toString()); HttpAdapter adapter = StalledCalls.adapter()) {
			PreparedRequest request = Calls.get("https://127.0.0.1:" + peer.line() + "/");
			// Both continue until the answers to the updates have filled the buffers.
			Together.run(List.of(
					() -> assertThat(failure(adapter, request, Limit.READ_TIMEOUT.options()))
						.isExactlyInstanceOf(ReadTimeoutException.class),
					() -> assertThat(failure(adapter, request, new RequestOptions().deadline(Duration.ofSeconds(10))))
						.isExactlyInstanceOf(RequestTimeoutException.class)));
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	private static Throwable failure(HttpAdapter adapter, PreparedRequest request, RequestOptions options)
			throws Exception {
		FutureTask<String> call = new FutureTask<>(() -> Calls.text(adapter, request, options.toSendOptions()));
		Thread thread = new Thread(call, "test-call");
		thread.setDaemon(true);
		thread.start();
		try {
			throw new AssertionError("The call returned " + call.get(2, TimeUnit.MINUTES));
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
		catch (TimeoutException ex) {
			AssertionError error = new AssertionError("The call did not end. It is here:", ex);
			error.setStackTrace(thread.getStackTrace());
			throw error;
		}
	}

	private Together.Check through(String proxy, String name, Limit limit, String url) {
		return () -> StalledCalls.endsInTime(name, limit,
				(options) -> options.proxies(Proxies.of(Map.of("all", proxy))), url, Calls::get,
				this.secureHealthy.url("/"));
	}

}
