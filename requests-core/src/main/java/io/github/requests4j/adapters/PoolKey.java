package io.github.requests4j.adapters;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.url.Url;

/**
 * What two requests must have in common to share a connection: the origin, the proxy with
 * its credentials, and everything about TLS (CVE-2024-35195, CVE-2016-5419). Immutable,
 * with value equality; never shows credentials.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host to connect to, IPv6 without brackets
 * @param port the port to connect to
 * @param proxy the URL of the proxy, credentials included, or {@code null} to go directly
 * @param verify how certificates are checked
 * @param cert the client's own certificate, or {@code null}
 * @param tlsIdentity what tells the adapter's own TLS material from others, or
 * {@code null} when it has none
 * @param identity anything else that keeps connections apart, such as the user of a
 * connection-bound authentication; {@code null} for nothing
 * @see HttpAdapter#buildConnectionPoolKeyAttributes
 */
public record PoolKey(String scheme, String host, int port, @Nullable String proxy, Verify verify,
		@Nullable ClientCert cert, @Nullable Object tlsIdentity, @Nullable Object identity) {

	/**
	 * Checks that the origin is there.
	 * @param scheme {@code http} or {@code https}
	 * @param host the host to connect to, IPv6 without brackets
	 * @param port the port to connect to
	 * @param proxy the URL of the proxy, credentials included, or {@code null} to go
	 * directly
	 * @param verify how certificates are checked
	 * @param cert the client's own certificate, or {@code null}
	 * @param tlsIdentity what tells the adapter's own TLS material from others, or
	 * {@code null} when it has none
	 * @param identity anything else that keeps connections apart, such as the user of a
	 * connection-bound authentication; {@code null} for nothing
	 */
	public PoolKey {
		Objects.requireNonNull(scheme, "scheme");
		Objects.requireNonNull(host, "host");
		Objects.requireNonNull(verify, "verify");
	}

	/** What a request and its options ask for. */
	static PoolKey of(Url url, SendOptions options, Verify verify) {
		if (!url.isHttp()) {
			throw Failures.unsupportedScheme(url);
		}
		String host = url.host();
		if (host == null || host.isEmpty()) {
			throw Failures.noHost(url);
		}
		String scheme = url.isSecure() ? "https" : "http";
		Proxies proxies = options.proxies();
		String proxy = (proxies != null) ? proxies.selectText(url) : null;
		// Settings of TLS do not keep connections apart that have none. A proxy is never
		// shown the client's certificate, but may be verified with the origin's CA file.
		boolean tls = url.isSecure() || (proxy != null && proxy.regionMatches(true, 0, "https:", 0, 6));
		return new PoolKey(scheme, url.hostForConnect(), url.effectivePort(), proxy, tls ? verify : Verify.enabled(),
				url.isSecure() ? options.cert() : null, null, null);
	}

	/**
	 * The same key with something else that keeps connections apart.
	 * @param identity what to tell connections apart by
	 * @return the key
	 */
	public PoolKey withIdentity(@Nullable Object identity) {
		return new PoolKey(this.scheme, this.host, this.port, this.proxy, this.verify, this.cert, this.tlsIdentity,
				identity);
	}

	/**
	 * The same key for connections made with certain TLS material.
	 * @param identity the identity of the material
	 * @return the key
	 */
	public PoolKey withTlsIdentity(@Nullable Object identity) {
		return new PoolKey(this.scheme, this.host, this.port, this.proxy, this.verify, this.cert, identity,
				this.identity);
	}

	boolean isSecure() {
		return this.scheme.equals("https");
	}

	// Records would compare and hash in the same way, but through slower generic code:
	// this runs for every request.
	@Override
	public int hashCode() {
		int hash = this.host.hashCode() * 31 + this.port;
		hash = hash * 31 + this.scheme.hashCode();
		hash = hash * 31 + ((this.proxy != null) ? this.proxy.hashCode() : 0);
		hash = hash * 31 + ((this.cert != null) ? this.cert.hashCode() : 0);
		return hash * 31 + ((this.tlsIdentity != null) ? this.tlsIdentity.hashCode() : 0);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof PoolKey that && this.port == that.port && this.host.equals(that.host)
				&& this.scheme.equals(that.scheme) && this.verify.equals(that.verify)
				&& Objects.equals(this.proxy, that.proxy) && Objects.equals(this.cert, that.cert)
				&& Objects.equals(this.tlsIdentity, that.tlsIdentity) && Objects.equals(this.identity, that.identity));
	}

	@Override
	public String toString() {
		return "PoolKey[" + this.scheme + "://" + this.host + ":" + this.port
				+ ((this.proxy != null) ? ", proxy=" + UrlText.masked(this.proxy) : "") + ", verify=" + this.verify
				+ ((this.cert != null) ? ", cert=" + this.cert : "") + "]";
	}

}
