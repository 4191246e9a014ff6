/**
 * The transport: connections, pools and retries. All contact with the HTTP library that
 * lies beneath is here.
 */
@NullMarked
package io.github.requests4j.adapters;

import org.jspecify.annotations.NullMarked;
