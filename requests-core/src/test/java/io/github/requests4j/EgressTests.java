package io.github.requests4j;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Where an adapter may connect to (CWE-918).
 */
class EgressTests {

	private final List<String> resolved = new CopyOnWriteArrayList<>();

	private HttpAdapter.Builder adapter(EgressRules.Builder rules) {
		HostResolver resolver = (host) -> {
			this.resolved.add(host);
			return switch (host) {
				case "mixed.example" ->
					List.of(InetAddress.getByName("10.255.255.1"), InetAddress.getByName("127.0.0.1"));
				case "unknown.example" -> throw new UnknownHostException(host);
				default -> host.endsWith(".example") ? List.of(InetAddress.getByName("127.0.0.1"))
						: List.of(InetAddress.getAllByName(host));
			};
		};
		return HttpAdapter.builder().hostResolver(resolver).egress(rules.build());
	}

	private Session session(EgressRules.Builder rules) {
		return Loopback.session(adapter(rules).build()).build();
	}

	private static EgressRules.Builder noPrivate() {
		return EgressRules.builder().denyPrivate(true);
	}

	private static TestHttpServer server() throws IOException {
		return TestHttpServer.start((request) -> Reply.ok("hello"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost", "LOCALHOST.", "service.example", "127.1", "2130706433",
			"0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]", "0", "0.0.0.0", "[::]" })
	@DisplayName("threat 39 (CWE-918): no notation of the loopback address bypasses denyPrivate")
	void denyPrivateBlocksPrivateAddresses(String host) throws IOException {
		try (TestHttpServer server = server(); Session session = session(noPrivate())) {
			Throwable thrown = catchThrowable(() -> session.get("http://" + host + ":" + server.port() + "/"));
			assertThat(thrown).isInstanceOf(RequestException.class);
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("threat 39: the error has the host, address, rule, fix and request")
	void messageNamesTheRule() throws IOException {
		try (TestHttpServer server = server(); Session session = session(noPrivate())) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("service.example", "/?token=hidden")))
				.withMessage("GET " + server.url("service.example", "/") + ": the egress rules deny 'service.example'"
						+ " (127.0.0.1): the address is not public. To allow it, add the host or its network to the"
						+ " 'allow' entries.")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
		}
	}

	@ParameterizedTest
	@CsvSource({ "service.example", "*.example", "127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1", "*" })
	@DisplayName("threat 39: hosts, subdomains, addresses and networks can be allowed nevertheless")
	void allowedAddressesAreCalled(String entry) throws IOException {
		try (TestHttpServer server = server(); Session session = session(noPrivate().allow(entry))) {
			assertThat(session.get(server.url("service.example", "/")).text()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "service.example.com", "ample", "example", "*.service.example", "10.0.0.0/8", "::1" })
	@DisplayName("threat 39: an entry allows only what it names")
	void otherAddressesAreBlockedByAllow(String entry) throws IOException {
		try (TestHttpServer server = server(); Session session = session(noPrivate().allow(entry))) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("service.example", "/")));
			assertThat(server.connectionCount()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "service.example", "*.example", "127.0.0.1/32", "127.0.0.0/8", "0.0.0.0/0" })
	@DisplayName("threat 39: denied addresses stay denied even if they are allowed as well")
	void deniedAddressesAreBlocked(String entry) throws IOException {
		try (TestHttpServer server = server();
				Session session = session(EgressRules.builder().allow("service.example").deny(entry))) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("service.example", "/")))
				.withMessageContaining("the entry '" + entry + "' denies it");
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("threat 39: deny * blocks everything that is not allowed and resolves no other name")
	void denyAllExceptsAllowedHosts() throws IOException {
		try (TestHttpServer server = server();
				Session session = session(EgressRules.builder().deny("*").allow("service.example"))) {
			assertThat(session.get(server.url("service.example", "/")).text()).isEqualTo("hello");
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("secrets.evil.example", "/")))
				.withMessageContaining("no entry allows it");
			assertThat(this.resolved).containsExactly("service.example");
		}
	}

	@Test
	@DisplayName("threat 39: only the allowed ones of several addresses are dialled")
	void onlyAllowedAddressesAreDialled() throws IOException {
		try (TestHttpServer server = server(); Session session = session(EgressRules.builder().deny("10.0.0.0/8"))) {
			assertThat(session.get(server.url("mixed.example", "/")).text()).isEqualTo("hello");
			assertThat(this.resolved).containsExactly("mixed.example");
		}
	}

	@Test
	@DisplayName("threat 39: a name is resolved once, and the checked address is dialled (DNS rebinding)")
	void checkedAddressIsDialled() throws IOException {
		List<String> answers = new CopyOnWriteArrayList<>(List.of("10.255.255.1", "127.0.0.1"));
		HttpAdapter adapter = HttpAdapter.builder()
			.hostResolver((host) -> List.of(InetAddress.getByName(answers.remove(0))))
			.egress(EgressRules.builder().deny("10.0.0.0/8").build())
			.build();
		try (TestHttpServer server = server(); Session session = Loopback.session(adapter).build()) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("rebound.example", "/")));
			assertThat(answers).containsExactly("127.0.0.1");
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("threat 39: each redirect is checked again")
	void redirectsAreChecked() throws IOException {
		try (TestHttpServer inner = server();
				TestHttpServer outer = TestHttpServer
					.start((request) -> Reply.redirect(302, inner.url("metadata.example", "/latest")));
				Session session = session(noPrivate().allow("outer.example"))) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(outer.url("outer.example", "/")))
				.withMessageContaining("'metadata.example'");
			assertThat(inner.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("threat 39: a blocked call is not retried and leases no connection")
	void blockedCallsAreNotRetried() throws IOException {
		HttpAdapter adapter = adapter(noPrivate()).maxRetries(Retry.of(3)).build();
		try (TestHttpServer server = server(); Session session = Loopback.session(adapter).build()) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("service.example", "/")));
			assertThat(this.resolved).hasSize(1);
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("threat 39: an address filter must also accept an allowed address")
	void addressFilterDecides() throws IOException {
		try (TestHttpServer server = server();
				Session session = session(
						EgressRules.builder().allow("*").addressFilter((address) -> !address.isLoopbackAddress()))) {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> session.get(server.url("service.example", "/")))
				.withMessageContaining("the address filter denies it");
		}
	}

	@Test
	@DisplayName("threat 39: behind an HTTP proxy all addresses are checked; an unknown name must be allowed by name")
	void httpProxiesAreChecked() throws IOException {
		try (TestHttpServer server = server();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session(noPrivate().allow("allowed.example"))) {
			for (String host : List.of("service.example", "mixed.example", "unknown.example", "127.1")) {
				assertRefusedBehind(session, server.url(host, "/"), proxy.url());
			}
			assertThat(proxy.requests()).isEmpty();
			this.resolved.clear();
			assertThat(session.get(server.url("allowed.example", "/"), (options) -> options.proxy("all", proxy.url()))
				.text()).isEqualTo("hello");
			assertThat(this.resolved).as("the proxy is resolved but not checked").containsExactly("127.0.0.1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "socks4", "socks4a", "socks5", "socks5h" })
	@DisplayName("threat 39: SOCKS proxies receive only allowed targets, wherever the name is resolved")
	void socksProxiesAreChecked(String kind) throws IOException {
		try (TestHttpServer server = server();
				SocksProxyServer proxy = SocksProxyServer.start();
				Session session = session(noPrivate().allow("allowed.example"))) {
			String url = kind + "://" + proxy.authority();
			assertRefusedBehind(session, server.url("service.example", "/"), url);
			assertThat(proxy.asked()).isEmpty();
			assertThat(session.get(server.url("allowed.example", "/"), (options) -> options.proxy("all", url)).text())
				.isEqualTo("hello");
		}
	}

	private static void assertRefusedBehind(Session session, String url, @Nullable String proxy) {
		assertThatExceptionOfType(EgressDeniedException.class)
			.isThrownBy(() -> session.get(url, (options) -> options.proxy("all", proxy)));
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.1/8, bits outside its prefix of 8 bits", "10.0.0.0/33, from 0 to 32",
			"10.0.0.0/, from 0 to 32", "::/129, from 0 to 128", "10.0.0/8, is not an IPv4 or IPv6 address",
			"a.example/8, is not an IPv4", "https://a.example, is not a network", "a.example:80, is not a host",
			"'', is not a host", "*., is not a host", "a*.example, is not a host", "a b, is not a host" })
	@DisplayName("threat 39: an invalid entry is rejected when the rules are created")
	void badEntriesAreRejected(String entry, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> EgressRules.builder().allow(entry).build())
			.withMessageContaining("'" + entry + "'")
			.withMessageContaining(message);
		assertThatIllegalArgumentException().isThrownBy(() -> EgressRules.builder().deny(entry).build());
	}

}
