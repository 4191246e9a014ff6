/**
 * The URL rules of requests: parsing, preparing, quoting, resolving and expanding, and
 * the masking of secrets.
 * <p>
 * The types are public because other packages use them. They are an implementation detail
 * and may change in minor releases. This package only depends on {@code url} and
 * {@code internal.text}, opens no connections, and has no shared mutable state. Start
 * with {@link io.github.requests4j.internal.url.ParsedUrl} and
 * {@link io.github.requests4j.internal.url.UrlPreparer}.
 */
@NullMarked
package io.github.requests4j.internal.url;

import org.jspecify.annotations.NullMarked;
