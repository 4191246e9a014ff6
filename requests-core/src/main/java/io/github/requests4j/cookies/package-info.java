/**
 * Cookies and the jar that keeps them. Works on URIs and header values, and so knows
 * nothing of requests and responses.
 */
@NullMarked
package io.github.requests4j.cookies;

import org.jspecify.annotations.NullMarked;
