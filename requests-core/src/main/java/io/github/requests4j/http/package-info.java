/**
 * Requests, responses and what goes with them: headers, URLs, bodies, hooks and errors.
 */
@NullMarked
package io.github.requests4j.http;

import org.jspecify.annotations.NullMarked;
