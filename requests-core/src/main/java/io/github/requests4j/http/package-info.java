/**
 * The vocabulary of a request and its response: what travels through sessions and
 * adapters, and the exceptions they raise. Knows cookies, URL rules and body kinds;
 * nothing of sessions, authentication schemes or the transport.
 */
@NullMarked
package io.github.requests4j.http;

import org.jspecify.annotations.NullMarked;
