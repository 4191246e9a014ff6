/**
 * Cookies and the jar that stores them (RFC 6265bis). Works with URLs and header values,
 * and does not depend on requests and responses.
 * <p>
 * Start with {@link io.github.requests4j.cookies.CookieJar}.
 * {@link io.github.requests4j.cookies.CookiePolicy} determines which cookies it accepts
 * and sends.
 */
@NullMarked
package io.github.requests4j.cookies;

import org.jspecify.annotations.NullMarked;
