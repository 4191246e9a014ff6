package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.tls.TlsContexts;
import io.github.requests4j.internal.tls.TlsLayer;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.internal.wire.AddressRace;
import io.github.requests4j.internal.wire.HostAddresses;
import io.github.requests4j.internal.wire.Lookup;
import io.github.requests4j.internal.wire.Socks;
import io.github.requests4j.internal.wire.Tunnel;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * Opens connections: resolves the name, connects, negotiates with the proxy, and adds
 * TLS. The connect timeout bounds all steps together.
 */
final class Dialer {

	private final HostResolver resolver;

	private final HostResolver proxyResolver;

	private final @Nullable Verify proxyVerify;

	private final long addressAgeNanos;

	/** Created when the first connection needs TLS. */
	private final AtomicReference<@Nullable TlsContexts> tls = new AtomicReference<>();

	/**
	 * Creates a dialer. It has two resolvers, because the egress rules do not apply to
	 * the address of a proxy.
	 * @param proxyVerify how certificates of proxies are checked, or {@code null} to
	 * derive it from how those of the origin are
	 * @param addressAge how old a lookup may be when a connection is reused
	 */
	Dialer(HostResolver resolver, HostResolver proxyResolver, @Nullable Verify proxyVerify, Duration addressAge) {
		this.resolver = resolver;
		this.proxyResolver = proxyResolver;
		this.proxyVerify = proxyVerify;
		this.addressAgeNanos = addressAge.toNanos();
	}

	private TlsContexts tls() {
		TlsContexts current = this.tls.get();
		if (current != null) {
			return current;
		}
		TlsContexts made = new TlsContexts(this.proxyVerify);
		TlsContexts other = this.tls.compareAndExchange(null, made);
		return (other != null) ? other : made;
	}

	/**
	 * Connects a connection of the pool. Its phase shows how far it got.
	 * @param attempt the number of the attempt, for messages
	 * @param record the exchange that needs the connection
	 */
	void open(ConnectionHandle handle, Plan plan, int attempt, ExchangeRecord record) throws IOException {
		WireConnection connection = handle.connection();
		Deadline limit = plan.connectLimit();
		for (int rejections = 0;; rejections++) {
			try {
				dial(handle, plan, attempt, record, limit);
				handle.addressSucceeded();
				return;
			}
			catch (IOException ex) {
				// Once for the proxy and once for the origin.
				if (!isNameRejected(connection, ex) || rejections == 2) {
					if (plan.proxy() == null && connection.phase() == Phase.TLS) {
						handle.addressFailed();
					}
					throw ex;
				}
			}
		}
	}

	/** Returns whether the server may accept another handshake without a server name. */
	private static boolean isNameRejected(WireConnection connection, IOException ex) {
		boolean rejected = ex instanceof SSLException && TlsLayer.isNameRejected(ex);
		if (rejected) {
			connection.socket().closeAfter(ex);
		}
		return rejected;
	}

	private void dial(ConnectionHandle handle, Plan plan, int attempt, ExchangeRecord record, @Nullable Deadline limit)
			throws IOException {
		WireConnection connection = handle.connection();
		PoolKey key = plan.key();
		ProxyUrl proxy = plan.proxy();
		SSLSocket secured = null;
		if (proxy != null) {
			secured = passProxy(handle, proxy, plan, attempt, record, limit);
		}
		else {
			connect(handle, this.resolver, key.host(), key.port(), record, limit);
		}
		if (key.isSecure()) {
			enter(connection, record, Phase.TLS);
			secured = TlsLayer.wrap((secured != null) ? secured : connection.socket(), key.host(), key.port(),
					tls().get(key.verify(), key.cert(), plan.material()));
		}
		connection.opened(secured);
	}

	private static void enter(WireConnection connection, ExchangeRecord record, Phase phase) {
		connection.phase(phase);
		record.enter(phase);
	}

	private WireSocket connect(ConnectionHandle handle, HostResolver resolver, String host, int port,
			ExchangeRecord record, @Nullable Deadline limit) throws IOException {
		WireConnection connection = handle.connection();
		enter(connection, record, Phase.DNS);
		List<InetAddress> addresses = Lookup.resolve(connection, resolver, host, limit);
		enter(connection, record, Phase.CONNECT);
		connection.peer(host, addresses, port);
		HostAddresses known = IpAddress.isLiteral(host) ? null : recordLookup(handle, resolver, host, addresses);
		WireSocket socket = new AddressRace(connection, addresses, port, limit, known).run();
		InetAddress chosen = (addresses.size() > 1) ? socket.getInetAddress() : null;
		if (chosen != null) {
			connection.peer(host, List.of(chosen), port);
		}
		return socket;
	}

	/**
	 * Stores the result of a lookup, and closes idle connections to addresses that the
	 * host no longer has.
	 */
	private HostAddresses recordLookup(ConnectionHandle handle, HostResolver resolver, String host,
			List<InetAddress> addresses) {
		HostAddresses known = handle.route().addressesOf(host, resolver, this.addressAgeNanos);
		known.recordLookup(addresses, System.nanoTime());
		handle.addresses(known);
		handle.route().closeExpired();
		return known;
	}

	private @Nullable SSLSocket passProxy(ConnectionHandle handle, ProxyUrl proxy, Plan plan, int attempt,
			ExchangeRecord record, @Nullable Deadline limit) throws IOException {
		WireConnection connection = handle.connection();
		PoolKey key = plan.key();
		Socks socks = proxy.isSocks() ? new Socks(proxy, key.host(), key.port()) : null;
		Tunnel tunnel = (socks == null && key.isSecure())
				? new Tunnel(key.host(), key.port(), Failures.call(plan.request(), attempt), plan.proxyHeaders())
				: null;
		WireSocket socket = connect(handle, this.proxyResolver, proxy.host(), proxy.port(), record, limit);
		enter(connection, record, Phase.PROXY);
		if (socks != null) {
			socks.handshake(connection, this.resolver, limit);
			return null;
		}
		SSLSocket secured = proxy.isSecure()
				? TlsLayer.wrap(socket, proxy.host(), proxy.port(), tls().forProxy(key.verify(), plan.material()))
				: null;
		if (tunnel != null) {
			connection.take(secured);
			tunnel.open(connection, limit);
		}
		return secured;
	}

}
