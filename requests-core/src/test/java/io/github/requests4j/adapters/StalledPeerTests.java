package io.github.requests4j.adapters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.requests4j.adapters.StalledCalls.Limit;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Together;

/**
 * Peers that accept a connection and never read from it: what the client writes stays
 * with it once the buffers are full, and only its own limits end the call.
 */
class StalledPeerTests {

	/** As little as the system allows. */
	private static final int NARROW = 1024;

	private final CountDownLatch over = new CountDownLatch(1);

	private RawServer healthy;

	@BeforeEach
	void start() throws IOException {
		this.healthy = RawServer.start(Rig::answerAll);
	}

	@AfterEach
	void stop() {
		this.over.countDown();
		this.healthy.close();
	}

	private String healthyUrl() {
		return this.healthy.url("/");
	}

	@Test
	void aWriteToAPeerThatNeverReadsEndsAtItsLimit() throws Exception {
		try (RawServer peer = RawServer.startNarrow(null, NARROW, (conversation) -> this.over.await())) {
			Together.run(StalledCalls.uploads(peer.url("/"), healthyUrl()));
		}
	}

	@Test
	void underTlsAWriteToAPeerThatNeverReadsEndsAtItsLimit() throws Exception {
		try (RawServer peer = RawServer.startNarrow(StalledCalls.CERTIFICATES.localhostContext(), NARROW,
				(conversation) -> {
					((SSLSocket) conversation.socket()).startHandshake();
					this.over.await();
				})) {
			Together.run(StalledCalls.uploads(peer.url("/"), healthyUrl()));
		}
	}

	@Test
	void aPeerThatStopsInTheMiddleOfAnUploadEndsAtItsLimit() throws Exception {
		try (RawServer peer = RawServer.startNarrow(null, NARROW, (conversation) -> {
			conversation.readHead();
			conversation.in().readNBytes(100_000);
			this.over.await();
		})) {
			for (Limit limit : List.of(Limit.READ_TIMEOUT, Limit.DEADLINE)) {
				PreparedRequest request = Calls.post(peer.url("/"), Body.of(new byte[5_000_000]));
				StalledCalls.endsInTime("upload", limit, limit.options().build(), request, healthyUrl());
			}
		}
	}

	@Test
	void aSilentPeerEndsTheHandshakesAtTheirLimit() throws Exception {
		List<Together.Check> checks = new ArrayList<>();
		try (RawServer silent = RawServer.startNarrow(null, NARROW, (conversation) -> this.over.await());
				RawServer reading = RawServer.start((conversation) -> {
					conversation.readHead();
					this.over.await();
				})) {
			String secure = "https://a.example/";
			for (Limit limit : List.of(Limit.CONNECT_TIMEOUT, Limit.DEADLINE)) {
				checks.add(() -> StalledCalls.endsInTime("TLS handshake", limit, limit.options().build(),
						Calls.get("https://" + silent.authority() + "/"), healthyUrl()));
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

	private Together.Check through(String proxy, String name, Limit limit, String url) {
		return () -> {
			SendOptions options = limit.options().proxies(Proxies.of(Map.of("all", proxy))).build();
			StalledCalls.endsInTime(name, limit, options, Calls.get(url), healthyUrl());
		};
	}

}
