package io.github.requests4j.http;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.url.Url;

/**
 * The address of a proxy, taken apart and checked once. Immutable, with value equality
 * over the whole text, so that it can be part of the key of a connection pool: other
 * credentials make another proxy (curl CVE-2026-3784). Never shows the password.
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
	 * Reads the URL of a proxy.
	 * @param text the URL, with one of the schemes http, https, socks4, socks4a, socks5
	 * and socks5h
	 * @return the parsed URL
	 * @throws MissingSchemaException if it has no scheme
	 * @throws InvalidProxyUrlException if it has no host
	 * @throws InvalidUrlException if the scheme is another one, or the text cannot be
	 * parsed
	 */
	public static ProxyUrl parse(String text) {
		checkScheme(text);
		Url url = url(text);
		String host = url.host();
		if (host == null || host.isEmpty()) {
			throw new InvalidProxyUrlException(
					"Please check proxy URL. It is malformed and could be missing the host. (" + masked(text) + ")");
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
				+ " or socks4, socks4a, socks5 or socks5h (" + masked(text) + ")");
	}

	private static Url url(String text) {
		try {
			return ParsedUrl.parse(text);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException("The proxy URL cannot be used. " + ex.getMessage(), ex);
		}
	}

	private static String masked(String text) {
		int at = text.lastIndexOf('@');
		int start = text.indexOf("://");
		return UrlText
			.masked((at < 0) ? text : text.substring(0, (start < 0) ? 0 : start + 3) + "***" + text.substring(at));
	}

	/**
	 * Puts a scheme before a URL that has none ({@code prepend_scheme_if_needed}), with
	 * all that upstream does on the way: the URL is normalised, and {@code h:80} is taken
	 * for the scheme {@code h}.
	 * @param url the URL
	 * @param scheme the scheme to put before it
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
	 * The scheme in lower case.
	 * @return http, https, socks4, socks4a, socks5 or socks5h
	 */
	public String scheme() {
		return String.valueOf(this.url.scheme());
	}

	/**
	 * Whether the proxy is a SOCKS proxy.
	 * @return {@code false} for http and https
	 */
	public boolean isSocks() {
		return scheme().startsWith("socks");
	}

	/**
	 * Whether the way to the proxy itself is encrypted.
	 * @return {@code true} for https
	 */
	public boolean isSecure() {
		return this.url.isSecure();
	}

	/**
	 * Whether a SOCKS proxy is given names to resolve, rather than addresses.
	 * @return {@code true} for socks4a and socks5h
	 */
	public boolean resolvesNames() {
		return scheme().equals("socks4a") || scheme().equals("socks5h");
	}

	/**
	 * The host as name resolution takes it, IPv6 addresses without brackets.
	 * @return the host
	 */
	public String host() {
		return this.url.hostForConnect();
	}

	/**
	 * The port to connect to.
	 * @return the port of the URL, else 80 for http, 443 for https, 1080 for SOCKS
	 */
	public int port() {
		return isSocks() && this.url.port() <= 0 ? SOCKS_PORT : this.url.effectivePort();
	}

	/**
	 * Scheme, host and port, for messages.
	 * @return the URL without credentials, IPv6 addresses without brackets
	 */
	public String origin() {
		return scheme() + "://" + host() + ":" + port();
	}

	/**
	 * The user name and password of the URL, decoded.
	 * @return the credentials, or {@code null} when the URL has no password part
	 */
	public @Nullable BasicCredentials credentials() {
		return this.credentials;
	}

	/**
	 * The value of the {@code Proxy-Authorization} header for an http or https proxy.
	 * @return the value, or {@code null} when there is no user name
	 */
	public @Nullable String authorization() {
		return this.authorization;
	}

	/**
	 * The URL as it was given, password included: mind where it goes.
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
	 * The URL with its credentials masked.
	 */
	@Override
	public String toString() {
		return masked(this.text);
	}

}
