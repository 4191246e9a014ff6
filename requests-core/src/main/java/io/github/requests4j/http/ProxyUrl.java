package io.github.requests4j.http;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.url.Url;

/**
 * The parsed URL of a proxy. Immutable, with value equality over the whole text including
 * credentials, so that it can be part of the key of a connection pool (curl
 * CVE-2026-3784). {@code toString()} does not show the password.
 */
public final class ProxyUrl {

	private static final Set<String> SCHEMES = Set.of("http", "https", "socks4", "socks4a", "socks5", "socks5h");

	private static final int SOCKS_PORT = 1080;

	private final String text;

	private final Url url;

	private final @Nullable BasicCredentials credentials;

	private final @Nullable String authorization;

	private ProxyUrl(String text, Url url) {
		this.text = text;
		this.url = url;
		this.credentials = BasicCredentials.of(url);
		this.authorization = (this.credentials != null && !this.credentials.username().isEmpty())
				? this.credentials.headerValue() : null;
	}

	/**
	 * Parses the URL of a proxy.
	 * @param text the URL, with one of the schemes http, https, socks4, socks4a, socks5
	 * and socks5h
	 * @return the parsed URL
	 * @throws MissingSchemaException if it has no scheme
	 * @throws InvalidProxyUrlException if it has no host
	 * @throws InvalidUrlException if the scheme is not supported, or the text cannot be
	 * parsed
	 */
	public static ProxyUrl parse(String text) {
		checkScheme(text);
		Url url = url(text);
		String host = url.host();
		if (host == null || host.isEmpty()) {
			throw new InvalidProxyUrlException(
					"Please check proxy URL. It is malformed and could be missing the host. The URL is " + masked(text)
							+ ".");
		}
		return new ProxyUrl(text, url);
	}

	static boolean hasKnownScheme(String text) {
		return SCHEMES.contains(scheme(text));
	}

	private static String scheme(String text) {
		return text.substring(0, Math.max(0, text.indexOf(':'))).toLowerCase(Locale.ROOT);
	}

	private static void checkScheme(String text) {
		if (hasKnownScheme(text)) {
			return;
		}
		String scheme = scheme(text);
		if (scheme.isEmpty() || !text.startsWith("://", scheme.length())) {
			throw new MissingSchemaException("The proxy URL " + masked(text) + " has no scheme."
					+ " Add the scheme of the proxy, such as http://" + masked(text) + ".");
		}
		throw new InvalidUrlException("Proxy URL had unsupported scheme " + scheme + ", should use http:// or https://,"
				+ " or socks4, socks4a, socks5 or socks5h: " + masked(text));
	}

	private static Url url(String text) {
		try {
			return ParsedUrl.parse(text);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException("The proxy URL is not valid. " + ex.getMessage(), ex);
		}
	}

	private static String masked(String text) {
		int at = text.lastIndexOf('@');
		int start = text.indexOf("://");
		return UrlText
			.masked((at < 0) ? text : text.substring(0, (start < 0) ? 0 : start + 3) + "***" + text.substring(at));
	}

	/**
	 * Adds a scheme to a URL that has none ({@code prepend_scheme_if_needed}). As in
	 * requests, the URL is normalized, and {@code h:80} is treated as having the scheme
	 * {@code h}.
	 * @param url the URL
	 * @param scheme the scheme to add
	 * @return the URL with a scheme
	 * @throws InvalidUrlException if the text cannot be parsed
	 */
	public static String prependSchemeIfNeeded(String url, String scheme) {
		Url parsed = url(url);
		StringBuilder target = new StringBuilder(url.length() + 8);
		target.append((parsed.scheme() != null) ? parsed.scheme() : scheme).append("://");
		if (parsed.userinfo() != null) {
			target.append(parsed.userinfo()).append('@');
		}
		target.append((parsed.host() != null) ? parsed.host() : "");
		if (parsed.port() > 0) {
			target.append(':').append(parsed.port());
		}
		target.append(parsed.path());
		appendNotEmpty(target, '?', parsed.query());
		appendNotEmpty(target, '#', parsed.fragment());
		return target.toString();
	}

	private static void appendNotEmpty(StringBuilder target, char sign, @Nullable String part) {
		if (part != null && !part.isEmpty()) {
			target.append(sign).append(part);
		}
	}

	/**
	 * Returns the scheme in lower case.
	 * @return http, https, socks4, socks4a, socks5 or socks5h
	 */
	public String scheme() {
		return String.valueOf(this.url.scheme());
	}

	/**
	 * Returns whether the proxy is a SOCKS proxy.
	 * @return {@code false} for http and https
	 */
	public boolean isSocks() {
		return scheme().startsWith("socks");
	}

	/**
	 * Returns whether the connection to the proxy itself is encrypted.
	 * @return {@code true} for https
	 */
	public boolean isSecure() {
		return this.url.isSecure();
	}

	/**
	 * Returns whether a SOCKS proxy resolves host names, instead of receiving addresses.
	 * @return {@code true} for socks4a and socks5h
	 */
	public boolean resolvesNames() {
		return scheme().equals("socks4a") || scheme().equals("socks5h");
	}

	/**
	 * Returns the host in the form for name resolution, with IPv6 addresses without
	 * brackets.
	 * @return the host
	 */
	public String host() {
		return this.url.hostForConnect();
	}

	/**
	 * Returns the port to connect to.
	 * @return the port of the URL, otherwise 80 for http, 443 for https, 1080 for SOCKS
	 */
	public int port() {
		return isSocks() && this.url.port() <= 0 ? SOCKS_PORT : this.url.effectivePort();
	}

	/**
	 * Returns scheme, host and port, for messages.
	 * @return the URL without credentials, IPv6 addresses without brackets
	 */
	public String origin() {
		return scheme() + "://" + host() + ":" + port();
	}

	/**
	 * Returns the user name and password of the URL, decoded.
	 * @return the credentials, or {@code null} if the URL has no password part
	 */
	public @Nullable BasicCredentials credentials() {
		return this.credentials;
	}

	/**
	 * Returns the value of the {@code Proxy-Authorization} header for an http or https
	 * proxy.
	 * @return the value, or {@code null} if there is no user name
	 */
	public @Nullable String authorization() {
		return this.authorization;
	}

	/**
	 * Returns the URL as text, including the password. Do not log it.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ProxyUrl that && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the URL with its credentials masked.
	 */
	@Override
	public String toString() {
		return masked(this.text);
	}

}
