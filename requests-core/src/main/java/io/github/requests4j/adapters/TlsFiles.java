package io.github.requests4j.adapters;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.tls.TlsContexts;

/**
 * Checks TLS files before the first connection uses them, so that mistakes are reported
 * when an application starts.
 */
public final class TlsFiles {

	private TlsFiles() {
	}

	/**
	 * Reads the files once, as the first connection would, and discards the result.
	 * @param verify how certificates of servers are checked
	 * @param cert the certificate of this client, or {@code null} for none
	 * @throws SslException if a file is missing, unreadable, not PEM or without
	 * certificate or key, or the password is wrong
	 */
	public static void check(Verify verify, @Nullable ClientCert cert) {
		new TlsContexts(null).get(verify, cert, null);
	}

}
