package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rows of the fault table about establishing a connection.
 */
class ConnectFaultTests {

	/** The message names an unreachable proxy. */
	private static Class<? extends RequestException> unreachable(Wire wire) {
		return blame(wire == Wire.HTTP_PROXY || wire == Wire.CONNECT);
	}

	private static Class<? extends RequestException> blame(boolean proxy) {
		return proxy ? ProxyException.class : ConnectionException.class;
	}

	/** A request whose first station is at this address. */
	private static PreparedRequest towards(Rig rig, String authority) {
		String scheme = rig.wire().isSecure() ? "https://" : "http://";
		return Calls.get(scheme + (rig.wire().hasProxy() ? "origin.example" : authority) + "/");
	}

	private static SendOptions by(Rig rig, String authority) {
		return rig.optionsBy(rig.wire().proxyUrl(authority));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Refused; DNS failure: the port is closed")
	void refusedConnectionIsReported(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			RawServer gone = RawServer.answering();
			gone.close();
			FaultInvariants.fails(rig, unreachable(wire),
					() -> rig.adapter().send(towards(rig, gone.authority()), by(rig, gone.authority())));
		});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Refused; DNS failure: the name is unknown")
	void unknownHostIsReported(Wire wire) throws Exception {
		HostResolver resolver = (host) -> {
			if (host.startsWith("unknown")) {
				throw new UnknownHostException(host);
			}
			return List.of(InetAddress.getByName("127.0.0.1"));
		};
		FaultInvariants.check(wire, (builder) -> builder.hostResolver(resolver),
				(rig) -> FaultInvariants.fails(rig, unreachable(wire),
						() -> rig.adapter().send(towards(rig, "unknown.example:80"), by(rig, "unknown.example:80"))));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Refused; DNS failure: all addresses of a name are tried")
	void allAddressesAreTried(Wire wire) throws Exception {
		HostResolver resolver = (host) -> List.of(InetAddress.getByName("127.0.0.2"),
				InetAddress.getByName("127.0.0.1"));
		FaultInvariants.check(wire, (builder) -> builder.hostResolver(resolver),
				(rig) -> assertThat(rig.text()).isEqualTo("GET /"));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Connect black hole")
	void silentHostEndsAtTheConnectTimeout(Wire wire) throws Exception {
		AtomicInteger lookups = new AtomicInteger();
		HostResolver resolver = (host) -> {
			lookups.incrementAndGet();
			return List.of(InetAddress.getByName("127.0.0.1"));
		};
		Duration limit = Duration.ofMillis(150);
		FaultInvariants.check(wire, (builder) -> builder.hostResolver(resolver).maxRetries(1), (rig) -> {
			try (BlackHole hole = BlackHole.open()) {
				String authority = "127.0.0.1:" + hole.port();
				PreparedRequest post = towards(rig, authority);
				post.prepareMethod("POST");
				post.prepareBody(Body.of("x"), List.of(), null);
				long start = System.nanoTime();
				SendOptions options = SendOptions.of((o) -> o.timeouts(Timeouts.of(limit, null)))
					.orElse(by(rig, authority));
				assertThatExceptionOfType(ConnectTimeoutException.class)
					.isThrownBy(() -> rig.adapter().send(post, options))
					.satisfies((ex) -> assertThat(ex.request()).isSameAs(post));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(limit.multipliedBy(2),
						limit.multipliedBy(2).plusSeconds(2));
				assertThat(lookups).hasValue(2);
			}
		});
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
	@DisplayName("fault: RST in handshake, headers, body, upload: in the handshake with proxy or server")
	void resetInTheHandshakeIsReported(Wire wire) throws Exception {
		for (int bytes : new int[] { 1, 300 }) {
			if (bytes == 1 || wire.isSecure()) {
				FaultInvariants.check(wire, (rig) -> {
					rig.network().downstream(Toxic.limitData(bytes, Toxic.Ending.RESET));
					FaultInvariants.fails(rig, blame(wire == Wire.CONNECT && bytes == 1), rig::text);
				});
			}
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 4\r\n\r\nwho?",
					"HTTP/1.1 502 Bad\r\nContent-Length: 3\r\n\r\nbad", "HTTP/1.1 502 Bad\r\n\r\nuntil the close" })
	@DisplayName("fault: Proxy 407, 502, or close during CONNECT: its response is available")
	void rejectionByAProxyIsReported(String answer) throws Exception {
		FaultInvariants.check(Wire.CONNECT, (rig) -> {
			try (HttpProxyServer proxy = HttpProxyServer.answering(answer)) {
				SendOptions options = SendOptions.of((o) -> o.timeouts(Timeouts.of(Duration.ofSeconds(5), null)))
					.orElse(rig.optionsBy(proxy.url()));
				ProxyException failure = FaultInvariants.failsInBody(rig, ProxyException.class,
						() -> rig.adapter().send(rig.get(), options));
				assertThat(answer).startsWith("HTTP/1.1 " + failure.response().statusCode())
					.endsWith(failure.response().text());
			}
		});
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "HTTP_PROXY", "CONNECT", "SOCKS5" })
	@DisplayName("fault: Proxy 407, 502, or close during CONNECT: closed or cut off")
	void proxyThatClosesIsReported(Wire wire) throws Exception {
		for (int bytes : new int[] { 1, 12 }) {
			FaultInvariants.check(wire, (rig) -> {
				rig.network().downstream(Toxic.limitData(bytes));
				// A proxy that forwards a request takes the place of the server.
				FaultInvariants.fails(rig, blame(wire == Wire.CONNECT), rig::text);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 407, 502 })
	@DisplayName("fault: Proxy 407, 502, or close during CONNECT: without CONNECT it is an ordinary response")
	void errorOfAForwardingProxyIsReturned(int status) throws Exception {
		FaultInvariants.check(Wire.HTTP_PROXY, (rig) -> {
			rig.script((conversation) -> {
				conversation.readRequest();
				conversation.respond(status, "from the proxy");
			});
			Response response = rig.send(rig.get());
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.text()).isEqualTo("from the proxy");
			assertThat(rig.failures()).isZero();
		});
	}

}
