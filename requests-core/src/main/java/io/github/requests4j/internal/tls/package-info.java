/**
 * TLS over a connection: contexts from PEM files and from material of the application,
 * the handshake, and the check of host names.
 * <p>
 * The types here are public because {@code adapters} uses them; applications need nothing
 * of it. Begin with {@link io.github.requests4j.internal.tls.TlsLayer}.
 */
@NullMarked
package io.github.requests4j.internal.tls;

import org.jspecify.annotations.NullMarked;
