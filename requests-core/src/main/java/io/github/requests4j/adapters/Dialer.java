package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.TlsMaterial;

/**
 * Makes connections: looks the name up, connects, passes the proxy, and puts TLS on top.
 * The connect timeout bounds all of it together.
 */
final class Dialer {

	private final HostResolver resolver;

	private final HostResolver proxyResolver;

	private final TlsContexts tls;

	/**
	 * Takes two resolvers, as where a proxy is is not judged by the rules for where
	 * requests may go.
	 */
	Dialer(HostResolver resolver, HostResolver proxyResolver, TlsContexts tls) {
		this.resolver = resolver;
		this.proxyResolver = proxyResolver;
		this.tls = tls;
	}

	/** Connects what the pool has handed out; the handle knows how far it went. */
	void open(ConnectionHandle handle, Plan plan) throws IOException {
		Deadline limit = plan.connectLimit();
		for (int rejections = 0;; rejections++) {
			try {
				dial(handle, plan, limit);
				return;
			}
			catch (ServerNameRejectedException ex) {
				ConnectionHandle.closeAfter(ex, handle.socket());
				// Once for the proxy and once for the origin.
				if (rejections == 2) {
					throw ex;
				}
			}
		}
	}

	private void dial(ConnectionHandle handle, Plan plan, @Nullable Deadline limit) throws IOException {
		PoolKey key = handle.key();
		ProxyServer proxy = plan.proxy();
		SSLSocket secured = null;
		if (proxy != null) {
			secured = passProxy(handle, proxy, plan, limit);
		}
		else {
			connect(handle, this.resolver, key.host(), key.port(), limit);
		}
		if (key.isSecure()) {
			handle.step(Step.TLS);
			secured = TlsLayer.wrap((secured != null) ? secured : handle.socket(), key.host(), key.port(),
					setup(key, plan.material()));
		}
		handle.opened(secured);
	}

	private TlsSetup setup(PoolKey key, @Nullable TlsMaterial material) {
		return this.tls.get(key.verify(), key.cert(), material);
	}

	private static WireSocket connect(ConnectionHandle handle, HostResolver resolver, String host, int port,
			@Nullable Deadline limit) throws IOException {
		handle.step(Step.LOOKUP);
		List<InetAddress> addresses = Lookup.resolve(resolver, host, limit);
		handle.step(Step.CONNECT);
		return new AddressRace(handle, addresses, port, limit).run();
	}

	private @Nullable SSLSocket passProxy(ConnectionHandle handle, ProxyServer proxy, Plan plan,
			@Nullable Deadline limit) throws IOException {
		PoolKey key = handle.key();
		Socks socks = proxy.isSocks() ? new Socks(proxy, key.host(), key.port()) : null;
		Tunnel tunnel = (socks == null && key.isSecure()) ? new Tunnel(key, plan.proxyHeaders()) : null;
		WireSocket socket = connect(handle, this.proxyResolver, proxy.host(), proxy.port(), limit);
		handle.step(Step.PROXY);
		if (socks != null) {
			socks.handshake(socket, this.resolver, limit);
			return null;
		}
		SSLSocket secured = proxy.isSecure()
				? TlsLayer.wrap(socket, proxy.host(), proxy.port(), this.tls.forProxy(key.verify(), plan.material()))
				: null;
		if (tunnel != null) {
			handle.take(secured);
			tunnel.open(handle, limit);
		}
		return secured;
	}

}
