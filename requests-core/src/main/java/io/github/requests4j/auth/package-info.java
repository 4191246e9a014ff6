/**
 * The ways to authenticate a request.
 */
@NullMarked
package io.github.requests4j.auth;

import org.jspecify.annotations.NullMarked;
