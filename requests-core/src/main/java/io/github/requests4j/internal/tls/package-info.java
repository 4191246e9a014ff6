/**
 * TLS: contexts from PEM files or from material of the application, the handshake, and
 * the verification of host names.
 * <p>
 * The types are public only because {@code adapters} uses them; applications do not need
 * them. Start with {@link io.github.requests4j.internal.tls.TlsLayer}.
 */
@NullMarked
package io.github.requests4j.internal.tls;

import org.jspecify.annotations.NullMarked;
