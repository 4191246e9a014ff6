package io.github.requests4j.http;

import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * TLS settings for an adapter, such as those of an SSL bundle. The identity is part of
 * the key of the connection pool, so new material, for example after a reload, leads to
 * new connections. Immutable. <pre>{@code
 * TlsMaterial material = TlsMaterial.of(sslContext);
 * HttpAdapter adapter = HttpAdapter.builder().tlsMaterial(() -> material).build();
 * }</pre>
 *
 * @param identity identifies this material; materials with equal identity share
 * connections
 * @param sslContext the context with trust and key material
 * @param protocols the protocols to allow; empty for the context's defaults
 * @param ciphers the cipher suites to allow; empty for the context's defaults
 * @param proxyContext the context for proxies that are reached over TLS, with trust but
 * without the key material, which is only for origins; {@code null} for the JVM's
 */
public record TlsMaterial(Object identity, SSLContext sslContext, List<String> protocols, List<String> ciphers,
		@Nullable SSLContext proxyContext) {

	/**
	 * Creates material with copies of the lists.
	 * @param identity identifies this material; materials with equal identities share
	 * connections
	 * @param sslContext the context with trust and key material
	 * @param protocols the protocols to allow; empty for the context's defaults
	 * @param ciphers the cipher suites to allow; empty for the context's defaults
	 * @param proxyContext the context for proxies that are reached over TLS, with trust
	 * but without the key material, which is only for origins; {@code null} for the JVM's
	 */
	public TlsMaterial {
		Objects.requireNonNull(identity, "identity");
		Objects.requireNonNull(sslContext, "sslContext");
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Creates material without a separate context for proxies.
	 * @param identity identifies this material; materials with equal identities share
	 * connections
	 * @param sslContext the context with trust and key material
	 * @param protocols the protocols to allow; empty for the context's defaults
	 * @param ciphers the cipher suites to allow; empty for the context's defaults
	 */
	public TlsMaterial(Object identity, SSLContext sslContext, List<String> protocols, List<String> ciphers) {
		this(identity, sslContext, protocols, ciphers, null);
	}

	/**
	 * Creates material with the default protocols and ciphers of a context, which is also
	 * its identity.
	 * @param sslContext the context with trust and key material
	 * @return the material
	 */
	public static TlsMaterial of(SSLContext sslContext) {
		return new TlsMaterial(sslContext, sslContext, List.of(), List.of());
	}

	/**
	 * Returns this material with a context for proxies that are reached over TLS.
	 * @param proxyContext the context, with trust but without the key material for
	 * origins; {@code null} for the JVM's
	 * @return the material
	 */
	public TlsMaterial withProxyContext(@Nullable SSLContext proxyContext) {
		return new TlsMaterial(this.identity, this.sslContext, this.protocols, this.ciphers, proxyContext);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TlsMaterial that && this.identity.equals(that.identity);
	}

	@Override
	public int hashCode() {
		return this.identity.hashCode();
	}

	@Override
	public String toString() {
		return "TlsMaterial[protocols=" + this.protocols + ", ciphers=" + this.ciphers + "]";
	}

}
