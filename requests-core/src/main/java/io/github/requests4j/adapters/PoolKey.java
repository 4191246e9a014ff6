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
 * The key of a connection pool: requests share a connection only if they agree on the
 * origin, the proxy with its credentials, and all TLS settings (CVE-2024-35195,
 * CVE-2016-5419). Immutable, with value equality. {@code toString()} never contains
 * credentials.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host to connect to, IPv6 without brackets
 * @param port the port to connect to
 * @param proxy the URL of the proxy, credentials included, or {@code null} to go directly
 * @param verify how certificates are checked
 * @param cert the client's own certificate, or {@code null}
 * @param tlsIdentity the identity of the adapter's TLS material, or {@code null} if it
 * has none
 * @param identity any other value that keeps connections apart, such as the user of a
 * connection-bound authentication; {@code null} for nothing
 * @see HttpAdapter#buildConnectionPoolKeyAttributes
 */
public record PoolKey(String scheme, String host, int port, @Nullable String proxy, Verify verify,
		@Nullable ClientCert cert, @Nullable Object tlsIdentity, @Nullable Object identity) {

	/**
	 * Creates a key.
	 * @param scheme {@code http} or {@code https}
	 * @param host the host to connect to, IPv6 without brackets
	 * @param port the port to connect to
	 * @param proxy the URL of the proxy, credentials included, or {@code null} to go
	 * directly
	 * @param verify how certificates are checked
	 * @param cert the client's own certificate, or {@code null}
	 * @param tlsIdentity the identity of the adapter's TLS material, or {@code null} if
	 * it has none
	 * @param identity any other value that keeps connections apart, such as the user of a
	 * connection-bound authentication; {@code null} for nothing
	 */
	public PoolKey {
		Objects.requireNonNull(scheme, "scheme");
		Objects.requireNonNull(host, "host");
		Objects.requireNonNull(verify, "verify");
	}

	/** Returns the key for a request and its options. */
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
		// TLS settings do not matter for connections without TLS. The client certificate
		// is never sent to a proxy, but the CA file may be used to verify the proxy.
		boolean tls = url.isSecure() || (proxy != null && proxy.regionMatches(true, 0, "https:", 0, 6));
		return new PoolKey(scheme, url.hostForConnect(), url.effectivePort(), proxy, tls ? verify : Verify.enabled(),
				url.isSecure() ? options.cert() : null, null, null);
	}

	/**
	 * Returns this key with another identity.
	 * @param identity a value that keeps connections apart, or {@code null} for none
	 * @return the key
	 */
	public PoolKey withIdentity(@Nullable Object identity) {
		return new PoolKey(this.scheme, this.host, this.port, this.proxy, this.verify, this.cert, this.tlsIdentity,
				identity);
	}

	/**
	 * Returns this key for connections with TLS material of an adapter.
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

	// The methods of a record would do the same, but more slowly, and these methods run
	// for every request.
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
