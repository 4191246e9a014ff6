package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
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
import io.github.requests4j.internal.wire.AddressRace;
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

	/** Created when the first connection needs TLS. */
	private final AtomicReference<@Nullable TlsContexts> tls = new AtomicReference<>();

	/**
	 * Creates a dialer. It has two resolvers, because the egress rules do not apply to
	 * the address of a proxy.
	 * @param proxyVerify how certificates of proxies are checked, or {@code null} to
	 * derive it from how those of the origin are
	 */
	Dialer(HostResolver resolver, HostResolver proxyResolver, @Nullable Verify proxyVerify) {
		this.resolver = resolver;
		this.proxyResolver = proxyResolver;
		this.proxyVerify = proxyVerify;
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
	void open(WireConnection connection, Plan plan, int attempt, ExchangeRecord record) throws IOException {
		Deadline limit = plan.connectLimit();
		for (int rejections = 0;; rejections++) {
			try {
				dial(connection, plan, attempt, record, limit);
				return;
			}
			catch (IOException ex) {
				// Once for the proxy and once for the origin.
				if (!isNameRejected(connection, ex) || rejections == 2) {
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

	private void dial(WireConnection connection, Plan plan, int attempt, ExchangeRecord record,
			@Nullable Deadline limit) throws IOException {
		PoolKey key = plan.key();
		ProxyUrl proxy = plan.proxy();
		SSLSocket secured = null;
		if (proxy != null) {
			secured = passProxy(connection, proxy, plan, attempt, record, limit);
		}
		else {
			connect(connection, this.resolver, key.host(), key.port(), record, limit);
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

	private static WireSocket connect(WireConnection connection, HostResolver resolver, String host, int port,
			ExchangeRecord record, @Nullable Deadline limit) throws IOException {
		enter(connection, record, Phase.DNS);
		List<InetAddress> addresses = Lookup.resolve(connection, resolver, host, limit);
		enter(connection, record, Phase.CONNECT);
		connection.peer(host, addresses, port);
		WireSocket socket = new AddressRace(connection, addresses, port, limit).run();
		InetAddress chosen = (addresses.size() > 1) ? socket.getInetAddress() : null;
		if (chosen != null) {
			connection.peer(host, List.of(chosen), port);
		}
		return socket;
	}

	private @Nullable SSLSocket passProxy(WireConnection connection, ProxyUrl proxy, Plan plan, int attempt,
			ExchangeRecord record, @Nullable Deadline limit) throws IOException {
		PoolKey key = plan.key();
		Socks socks = proxy.isSocks() ? new Socks(proxy, key.host(), key.port()) : null;
		Tunnel tunnel = (socks == null && key.isSecure())
				? new Tunnel(key.host(), key.port(), Failures.call(plan.request(), attempt), plan.proxyHeaders())
				: null;
		WireSocket socket = connect(connection, this.proxyResolver, proxy.host(), proxy.port(), record, limit);
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
