package io.github.requests4j.http;

import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Ready-made TLS settings: how SSL bundles and other sources of certificates enter an
 * adapter. Its identity is part of the key of the connection pool, so new material (after
 * a reload, say) means new connections. Immutable. <pre>{@code
 * TlsMaterial material = TlsMaterial.of(sslContext);
 * HttpAdapter adapter = HttpAdapter.builder().tlsMaterial(() -> material).build();
 * }</pre>
 *
 * @param identity what tells this material from other material; two materials of equal
 * identity share connections
 * @param sslContext the context with trust and key material
 * @param protocols the protocols to allow; empty for the context's defaults
 * @param ciphers the cipher suites to allow; empty for the context's defaults
 */
public record TlsMaterial(Object identity, SSLContext sslContext, List<String> protocols, List<String> ciphers) {

	/**
	 * Copies the lists.
	 * @param identity what tells this material from other material; two materials of
	 * equal identity share connections
	 * @param sslContext the context with trust and key material
	 * @param protocols the protocols to allow; empty for the context's defaults
	 * @param ciphers the cipher suites to allow; empty for the context's defaults
	 */
	public TlsMaterial {
		Objects.requireNonNull(identity, "identity");
		Objects.requireNonNull(sslContext, "sslContext");
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Material with the context's own protocols and ciphers, identified by the context
	 * itself.
	 * @param sslContext the context with trust and key material
	 * @return the material
	 */
	public static TlsMaterial of(SSLContext sslContext) {
		return new TlsMaterial(sslContext, sslContext, List.of(), List.of());
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
