package io.github.requests4j.adapters;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.ProxyUrl;

/**
 * A proxy, taken from its URL (behaviours 182, 185). Immutable; never shows the password.
 *
 * @param scheme {@code http}, {@code https}, {@code socks4}, {@code socks4a},
 * {@code socks5} or {@code socks5h}
 * @param host the host, IPv6 without brackets
 * @param port the port
 * @param credentials user and password for the proxy, or {@code null}
 */
public record ProxyServer(String scheme, String host, int port, @Nullable BasicCredentials credentials) {

	/**
	 * Checks the parts.
	 * @param scheme {@code http}, {@code https}, {@code socks4}, {@code socks4a},
	 * {@code socks5} or {@code socks5h}
	 * @param host the host, IPv6 without brackets
	 * @param port the port
	 * @param credentials user and password for the proxy, or {@code null}
	 */
	public ProxyServer {
		Objects.requireNonNull(scheme, "scheme");
		Objects.requireNonNull(host, "host");
	}

	/**
	 * Takes the URL of a proxy apart. Credentials count only with a password part, as in
	 * requests.
	 * @param url the URL
	 * @return the proxy
	 * @throws io.github.requests4j.http.MissingSchemaException if the URL has no scheme
	 * @throws io.github.requests4j.http.InvalidProxyUrlException if the URL has no host
	 * @throws io.github.requests4j.http.InvalidUrlException if no proxy has its scheme,
	 * or it cannot be parsed
	 */
	public static ProxyServer parse(String url) {
		ProxyUrl parsed = ProxyUrl.parse(url);
		return new ProxyServer(parsed.scheme(), parsed.host(), parsed.port(), parsed.credentials());
	}

	boolean isSocks() {
		return this.scheme.startsWith("socks");
	}

	boolean isSecure() {
		return this.scheme.equals("https");
	}

	/** Whether the proxy takes the names of hosts and looks them up itself. */
	boolean resolvesNames() {
		return this.scheme.equals("socks4a") || this.scheme.equals("socks5h");
	}

	/** The proxy without its credentials, for messages. */
	String describe() {
		return this.scheme + "://" + this.host + ":" + this.port;
	}

}
