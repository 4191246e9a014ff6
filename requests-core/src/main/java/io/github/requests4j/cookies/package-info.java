/**
 * Cookies and the jar that keeps them (RFC 6265bis). Works on URIs and header values, and
 * so knows nothing of requests and responses.
 * <p>
 * The lowest layer: it depends on no other package of this library, and of the HTTP
 * library beneath on its list of public suffixes alone. Begin with
 * {@link io.github.requests4j.cookies.CookieJar}; what it takes and sends is said by
 * {@link io.github.requests4j.cookies.CookiePolicy}.
 */
@NullMarked
package io.github.requests4j.cookies;

import org.jspecify.annotations.NullMarked;
