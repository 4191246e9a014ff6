/**
 * Cookies and the jar that keeps them (RFC 6265bis). Works on URIs and header values, and
 * so knows nothing of requests and responses.
 * <p>
 * The lowest layer: it depends on no other package of this library. Begin with
 * {@link io.github.requests4j.cookies.CookieJar};
 * {@link io.github.requests4j.cookies.CookiePolicy} decides what it accepts and sends.
 */
@NullMarked
package io.github.requests4j.cookies;

import org.jspecify.annotations.NullMarked;
