package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.wire.WireSocket;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What happens to connections when the addresses of a host change, over real connections.
 */
@Timeout(60)
class HostChangeTests {

	/** So short that each reuse of a connection starts a lookup. */
	private static final Duration NO_TIME = Duration.ofNanos(1);

	private static HttpAdapter.Builder builder(MovingHost host) {
		return HttpAdapter.builder().hostResolver(host::resolve);
	}

	private static void callUntil(HttpAdapter adapter, String url, String expected) {
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> Calls.text(adapter, url).equals(expected));
	}

	@Test
	@DisplayName("198: calls follow a host whose address changes")
	void callsFollowAHostThatMoves() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("old");
			host.moveTo(MovingHost.NEW);
			callUntil(adapter, host.url("/"), "new");
			await().until(() -> host.old().openConnections() == 0);
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("new");
			assertThat(host.fresh().connectionCount()).isEqualTo(1);
		}
	}

	@Test
	void idleConnectionsAreClosedWithoutAnotherCall() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			List<Response> responses = List.of(Calls.send(adapter, host.url("/")), Calls.send(adapter, host.url("/")),
					Calls.send(adapter, host.url("/")));
			responses.forEach(Calls::read);
			assertThat(adapter.poolStatistics().available()).isEqualTo(3);
			host.moveTo(MovingHost.NEW);
			Calls.text(adapter, host.url("/"));
			await().until(() -> host.old().openConnections() == 0);
			await().until(() -> adapter.poolStatistics().available() == 0);
		}
	}

	@Test
	void hostIsNotLookedUpAgainBeforeTheAge() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).build()) {
			for (int i = 0; i < 50; i++) {
				assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("old");
			}
			assertThat(host.lookups()).isEqualTo(1);
			assertThat(host.old().connectionCount()).isEqualTo(1);
		}
	}

	@Test
	void connectionsToAnAddressThatWasFoundRecentlyAreKept() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).build()) {
			Response first = Calls.send(adapter, host.url("/"));
			host.moveTo(MovingHost.NEW);
			// The first connection is in use, so that this call opens another one.
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("new");
			assertThat(Calls.read(first)).isEqualTo("old");
			assertThat(adapter.poolStatistics().available()).isEqualTo(2);
		}
	}

	@Test
	void addressesAreNotLookedUp() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				MovingHost host = MovingHost.start();
				HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			for (int i = 0; i < 20; i++) {
				Calls.text(adapter, server.url("/"));
			}
			assertThat(host.lookups()).as("for the one connection").isEqualTo(1);
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	void connectionInUseIsClosedAfterItsExchange() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			Response busy = Calls.send(adapter, host.url("/"));
			host.moveTo(MovingHost.NEW);
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("new");
			assertThat(host.old().openConnections()).isEqualTo(1);
			assertThat(Calls.read(busy)).as("not cut").isEqualTo("old");
			await().until(() -> host.old().openConnections() == 0);
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 10));
		}
	}

	/** What a lookup may do in an outage. */
	enum Outage {

		UNKNOWN_HOST, NO_ADDRESSES, UNCHECKED;

		List<InetAddress> resolve(String host) throws UnknownHostException {
			return switch (this) {
				case UNKNOWN_HOST -> throw new UnknownHostException(host);
				case NO_ADDRESSES -> List.of();
				case UNCHECKED -> throw new IllegalStateException("no resolver");
			};
		}

	}

	@ParameterizedTest
	@EnumSource
	void lookupThatFailsKeepsConnections(Outage outage) throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("old");
			host.answer(outage::resolve);
			await().pollInterval(Duration.ofMillis(2)).until(() -> {
				assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("old");
				return host.lookups() > 5;
			});
			assertThat(host.old().connectionCount()).isEqualTo(1);
			host.moveTo(MovingHost.NEW);
			callUntil(adapter, host.url("/"), "new");
		}
	}

	@Test
	void lookupThatHangsDelaysNoCallAndIsTheOnlyOne() throws Exception {
		FaultInvariants.checkNoLeaks(() -> {
			CountDownLatch end = new CountDownLatch(1);
			try (MovingHost host = MovingHost.start();
					HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
				Calls.text(adapter, host.url("/"));
				host.answer((name) -> hang(end));
				for (int i = 0; i < 20; i++) {
					assertThat(Calls.text(adapter, Calls.get(host.url("/")), Calls.deadline(20_000))).isEqualTo("old");
				}
				await().until(() -> host.lookups() == 2);
				Calls.text(adapter, host.url("/"));
				assertThat(host.lookups()).isEqualTo(2);
				adapter.close();
				end.countDown();
			}
		});
	}

	@Test
	void closedAdapterStaysEmptyWhenALookupEnds() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			Calls.text(adapter, host.url("/"));
			host.answer((name) -> hang(end));
			Response streamed = Calls.send(adapter, host.url("/"));
			adapter.close();
			end.countDown();
			assertThat(Calls.read(streamed)).as("readable after the close").isEqualTo("old");
			await().until(() -> host.old().openConnections() == 0);
			assertThat(host.fresh().connectionCount()).isZero();
		}
	}

	private static List<InetAddress> hang(CountDownLatch end) throws UnknownHostException {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return MovingHost.addresses(MovingHost.NEW);
	}

	@Test
	void interruptOfTheCallerLeavesTheLookupAlone() throws IOException {
		try (MovingHost host = MovingHost.start(); HttpAdapter adapter = builder(host).addressAge(NO_TIME).build()) {
			Calls.text(adapter, host.url("/"));
			host.moveTo(MovingHost.NEW);
			CountDownLatch interrupted = new CountDownLatch(1);
			host.answer((name) -> hang(interrupted));
			Calls.text(adapter, host.url("/"));
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> Calls.text(adapter, host.url("/")));
			assertThat(Thread.interrupted()).isTrue();
			interrupted.countDown();
			await().until(() -> host.old().openConnections() == 0);
			assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("new");
		}
	}

	@Test
	void newAddressesAreSubjectToTheEgressRules() throws IOException {
		EgressRules rules = EgressRules.builder().deny(MovingHost.NEW).build();
		try (MovingHost host = MovingHost.start();
				HttpAdapter adapter = builder(host).egress(rules).addressAge(NO_TIME).build()) {
			Calls.text(adapter, host.url("/"));
			host.moveTo(MovingHost.NEW);
			await().pollInterval(Duration.ofMillis(2)).until(() -> {
				assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("old");
				return host.lookups() > 5;
			});
			Response busy = Calls.send(adapter, host.url("/last"));
			assertThatExceptionOfType(EgressDeniedException.class).isThrownBy(() -> Calls.text(adapter, host.url("/")))
				.withMessageContaining("(" + MovingHost.NEW + ")");
			Calls.read(busy);
			assertThat(host.fresh().connectionCount()).isZero();
		}
	}

	@Test
	void addressOfTheProxyCountsBehindAProxy() throws IOException {
		List<String> names = new CopyOnWriteArrayList<>();
		try (HttpProxyServer proxy = HttpProxyServer.start();
				TestHttpServer origin = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().hostResolver((host) -> {
					names.add(host);
					return MovingHost.addresses("127.0.0.1");
				}).addressAge(NO_TIME).build()) {
			SendOptions options = Calls.proxy("http", "http://proxy.example:" + proxy.port());
			await().pollInterval(Duration.ofMillis(2)).until(() -> {
				Calls.text(adapter, Calls.get(origin.url("origin.example", "/")), options);
				return names.size() > 3;
			});
			assertThat(names).containsOnly("proxy.example");
			assertThat(proxy.connectionCount()).isEqualTo(1);
		}
	}

	/** An adapter that reports each address before it connects to it. */
	private static HttpAdapter recording(HttpAdapter.Builder builder, Consumer<String> dialled) {
		return new HttpAdapter(builder) {
			@Override
			protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
					Supplier<ConnectionHandle> pool) {
				ConnectionHandle handle = pool.get();
				handle.connection().sockets(() -> new WireSocket() {
					@Override
					public void connect(SocketAddress address) throws IOException {
						dialled.accept(((InetSocketAddress) address).getAddress().getHostAddress());
						super.connect(address);
					}
				});
				return handle;
			}
		};
	}

	private static HttpAdapter.Builder resolving(String... addresses) {
		HostResolver resolver = (host) -> MovingHost.addresses(addresses);
		return HttpAdapter.builder().hostResolver(resolver);
	}

	@Test
	void addressThatRefusesIsTriedLastForAWhile() throws IOException {
		List<String> dialled = new CopyOnWriteArrayList<>();
		try (MovingHost host = MovingHost.start();
				HttpAdapter adapter = recording(resolving("127.0.0.3", "127.0.0.2", "127.0.0.1"), dialled::add)) {
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("new");
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("new");
			host.fresh().close();
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("old");
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("old");
			assertThat(dialled).containsExactly("127.0.0.3", "127.0.0.2", "127.0.0.2", "127.0.0.2", "127.0.0.1",
					"127.0.0.1");
		}
	}

	@Test
	void addressThatWasOvertakenIsTriedLastForAWhile() throws IOException {
		List<String> dialled = new CopyOnWriteArrayList<>();
		try (MovingHost host = MovingHost.start();
				BlackHole hole = BlackHole.open("127.0.0.3", host.old().port());
				HttpAdapter adapter = recording(resolving("127.0.0.3", "127.0.0.1"), dialled::add)) {
			assertThat(hole.port()).isEqualTo(host.old().port());
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("old");
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("old");
			assertThat(dialled).containsExactly("127.0.0.3", "127.0.0.1", "127.0.0.1");
		}
	}

	@Test
	void addressThatDidNotAnswerInTimeIsTriedLastForAWhile() throws IOException {
		List<String> dialled = new CopyOnWriteArrayList<>();
		try (MovingHost host = MovingHost.start();
				BlackHole hole = BlackHole.open("127.0.0.3", host.old().port());
				HttpAdapter adapter = recording(resolving("127.0.0.3", "127.0.0.1"), dialled::add)) {
			assertThat(hole.port()).isEqualTo(host.old().port());
			assertThatExceptionOfType(ConnectTimeoutException.class).isThrownBy(() -> Calls.text(adapter,
					Calls.get(host.url("/last")), Calls.timeouts(Duration.ofMillis(100), null)));
			assertThat(dialled).as("no time was left for the other").containsExactly("127.0.0.3");
			assertThat(Calls.text(adapter, Calls.get(host.url("/last")), Calls.timeouts(Duration.ofSeconds(20), null)))
				.isEqualTo("old");
			assertThat(dialled).containsExactly("127.0.0.3", "127.0.0.1");
		}
	}

	@Test
	void addressWhoseHandshakeFailsIsTriedLastForAWhile() throws IOException {
		List<String> dialled = new CopyOnWriteArrayList<>();
		TestCertificates certificates = new TestCertificates();
		try (TestHttpServer good = TestHttpServer.start(certificates.localhostContext(), (request) -> Reply.ok("good"));
				RawServer bad = RawServer.start("127.0.0.2", good.port(), (conversation) -> {
					// Closes the connection.
				});
				HttpAdapter adapter = recording(resolving("127.0.0.2", "127.0.0.1"), dialled::add)) {
			PreparedRequest request = Calls.post(good.url("localhost", "/"), Body.of("text"));
			SendOptions options = Calls.verify(Verify.disabled());
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> adapter.send(request, options));
			assertThat(Calls.text(adapter, request, options)).isEqualTo("good");
			assertThat(bad.connectionCount()).isEqualTo(1);
			assertThat(dialled).containsExactly("127.0.0.2", "127.0.0.1");
		}
	}

	@Test
	void interruptSaysNothingAboutAnAddress() throws IOException {
		List<String> dialled = new CopyOnWriteArrayList<>();
		AtomicBoolean interrupt = new AtomicBoolean(true);
		try (MovingHost host = MovingHost.start();
				HttpAdapter adapter = recording(resolving("127.0.0.2", "127.0.0.1"), (address) -> {
					dialled.add(address);
					if (interrupt.getAndSet(false)) {
						Thread.currentThread().interrupt();
					}
				})) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> Calls.text(adapter, host.url("/last")));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(Calls.text(adapter, host.url("/last"))).isEqualTo("new");
			assertThat(dialled).containsExactly("127.0.0.2", "127.0.0.2");
		}
	}

}
