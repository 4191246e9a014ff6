package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.TlsMaterial;

/**
 * Makes connections: looks the name up, tries each address in turn, passes the proxy, and
 * puts TLS on top. The connect timeout bounds all of it except the look-up itself, which
 * Java cannot bound. Of several addresses each gets an equal share of the time that is
 * left, so that one black hole does not use it all.
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

	/**
	 * Connects what the pool has handed out.
	 * @param progress tells how far it went when it fails
	 */
	void open(ConnectionHandle handle, Opening opening, DialProgress progress) throws IOException {
		Deadline limit = opening.limit();
		for (int rejections = 0;; rejections++) {
			try {
				dial(handle, opening, limit, progress);
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

	private void dial(ConnectionHandle handle, Opening opening, @Nullable Deadline limit, DialProgress progress)
			throws IOException {
		PoolKey key = handle.key();
		Socket below = (opening.proxy() != null) ? passProxy(handle, opening.proxy(), opening, limit, progress)
				: connect(handle, this.resolver, key.host(), key.port(), limit, progress);
		SSLSocket secured = (below instanceof SSLSocket toProxy) ? toProxy : null;
		if (key.isSecure()) {
			progress.reached(DialProgress.Stage.TLS);
			secured = TlsLayer.wrap(below, key.host(), key.port(), setup(key, opening.material()));
		}
		handle.opened(secured);
	}

	private TlsSetup setup(PoolKey key, @Nullable TlsMaterial material) {
		return this.tls.get(key.verify(), key.cert(), material);
	}

	private static WireSocket connect(ConnectionHandle handle, HostResolver resolver, String host, int port,
			@Nullable Deadline limit, DialProgress progress) throws IOException {
		progress.reached(DialProgress.Stage.RESOLVE);
		List<InetAddress> addresses = resolver.resolve(host);
		if (addresses.isEmpty()) {
			throw new UnknownHostException(host);
		}
		progress.reached(DialProgress.Stage.CONNECT);
		IOException failure = null;
		for (int i = 0; i < addresses.size(); i++) {
			try {
				WireSocket socket = connect(handle, new InetSocketAddress(addresses.get(i), port),
						share(limit, addresses.size() - i));
				socket.limit(0, limit);
				return socket;
			}
			catch (IOException ex) {
				if (handle.wasAborted() || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
				if (failure != null) {
					ex.addSuppressed(failure);
				}
				failure = ex;
			}
		}
		throw (failure != null) ? failure : new UnknownHostException(host);
	}

	private static WireSocket connect(ConnectionHandle handle, InetSocketAddress address, int millis)
			throws IOException {
		WireSocket socket = handle.newSocket();
		try {
			socket.connect(address, millis);
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			ConnectionHandle.closeAfter(ex, socket);
			throw ex;
		}
	}

	private static int share(@Nullable Deadline limit, int addresses) throws SocketTimeoutException {
		if (limit == null) {
			return 0;
		}
		long remaining = limit.remainingNanos();
		if (remaining <= 0) {
			throw new SocketTimeoutException("Connect timed out");
		}
		return WireSocket.millisCeiling(remaining / addresses);
	}

	private Socket passProxy(ConnectionHandle handle, ProxyServer proxy, Opening opening, @Nullable Deadline limit,
			DialProgress progress) throws IOException {
		PoolKey key = handle.key();
		Socks socks = proxy.isSocks() ? new Socks(proxy, key.host(), key.port()) : null;
		Tunnel tunnel = (socks == null && key.isSecure()) ? new Tunnel(key, opening.proxyHeaders()) : null;
		WireSocket socket = connect(handle, this.proxyResolver, proxy.host(), proxy.port(), limit, progress);
		progress.reached(DialProgress.Stage.PROXY);
		if (socks != null) {
			socks.handshake(socket, this.resolver);
			return socket;
		}
		SSLSocket secured = proxy.isSecure()
				? TlsLayer.wrap(socket, proxy.host(), proxy.port(), this.tls.forProxy(key.verify(), opening.material()))
				: null;
		if (tunnel != null) {
			handle.connection().take(socket, secured);
			tunnel.open(handle, limit);
		}
		return (secured != null) ? secured : socket;
	}

}
