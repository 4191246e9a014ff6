package io.github.requests4j.adapters;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.url.PercentCodec;
import io.github.requests4j.http.url.Url;
import io.github.requests4j.http.url.UrlSyntaxException;
import io.github.requests4j.http.url.UrlText;

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

	private static final int SOCKS_PORT = 1080;

	/**
	 * Checks the parts.
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
	 * @throws MissingSchemaException if the URL has no scheme
	 * @throws InvalidProxyUrlException if the URL has no host, or a scheme that no proxy
	 * has
	 */
	public static ProxyServer parse(String url) {
		if (!url.contains("://")) {
			throw new MissingSchemaException("Proxy URL '" + UrlText.masked(url)
					+ "' has no scheme. Write it as http://host:port, or with https, socks4, socks4a, socks5 or socks5h.");
		}
		try {
			return of(Url.split(url), url);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidProxyUrlException(malformed(url), ex);
		}
	}

	private static ProxyServer of(Url url, String text) {
		String scheme = Objects.requireNonNullElse(url.scheme(), "");
		if (!isKnown(scheme)) {
			throw new InvalidProxyUrlException("Proxy URL '" + UrlText.masked(text)
					+ "' has a scheme that is not supported: use http, https, socks4, socks4a, socks5 or socks5h");
		}
		String host = url.host();
		if (host == null || host.isEmpty()) {
			throw new InvalidProxyUrlException(malformed(text));
		}
		int port = (url.port() > 0) ? url.port() : defaultPort(scheme);
		return new ProxyServer(scheme, url.hostForConnect(), port, credentials(url));
	}

	private static String malformed(String url) {
		return "Please check proxy URL. It is malformed and could be missing the host: '" + UrlText.masked(url) + "'";
	}

	private static boolean isKnown(String scheme) {
		return switch (scheme) {
			case "http", "https", "socks4", "socks4a", "socks5", "socks5h" -> true;
			default -> false;
		};
	}

	private static int defaultPort(String scheme) {
		int known = Url.defaultPort(scheme);
		return (known > 0) ? known : SOCKS_PORT;
	}

	private static @Nullable BasicCredentials credentials(Url url) {
		String userinfo = url.userinfo();
		int colon = (userinfo != null) ? userinfo.indexOf(':') : -1;
		if (userinfo == null || colon < 0) {
			return null;
		}
		return new BasicCredentials(decode(userinfo.substring(0, colon)), decode(userinfo.substring(colon + 1)));
	}

	private static String decode(String text) {
		return PercentCodec.decode(text);
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
