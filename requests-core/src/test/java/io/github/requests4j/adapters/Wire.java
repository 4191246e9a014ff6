package io.github.requests4j.adapters;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.SocksProxyServer;

/**
 * The ways on which a request can reach its server.
 */
enum Wire {

	/** Directly to the server. */
	PLAIN(false),

	/** Directly to the server, over TLS. */
	TLS(true),

	/** Through a proxy that forwards it. */
	HTTP_PROXY(false),

	/** Over TLS through a tunnel of an HTTP proxy. */
	CONNECT(true),

	/** Through a SOCKS proxy. */
	SOCKS5(false);

	private final boolean secure;

	Wire(boolean secure) {
		this.secure = secure;
	}

	boolean isSecure() {
		return this.secure;
	}

	boolean hasProxy() {
		return this != PLAIN && this != TLS;
	}

	/** Whether a proxy opens a way to the server before anything is sent to it. */
	boolean hasTunnel() {
		return this == CONNECT || this == SOCKS5;
	}

	/** The URL of a proxy of the right kind at this address. */
	@Nullable String proxyUrl(String authority) {
		return switch (this) {
			case HTTP_PROXY, CONNECT -> "http://" + authority;
			case SOCKS5 -> "socks5://" + authority;
			default -> null;
		};
	}

	/** A proxy that forwards everything. */
	Middle startProxy() throws IOException {
		if (this == CONNECT) {
			HttpProxyServer proxy = HttpProxyServer.start();
			return new Middle(proxy.port(), proxy);
		}
		SocksProxyServer proxy = SocksProxyServer.start();
		return new Middle(proxy.port(), proxy);
	}

	/**
	 * A proxy that runs.
	 *
	 * @param port where it listens
	 * @param closing what closes it
	 */
	record Middle(int port, AutoCloseable closing) implements AutoCloseable {

		@Override
		public void close() throws Exception {
			this.closing.close();
		}

	}

}
