/**
 * The URL rules of requests: parsing, preparing, quoting, joining and expanding, and the
 * parameters that go into a query or a form.
 * <p>
 * The types here are public because the packages above use them; for applications they
 * are an implementation detail and may change between minor releases. Nothing here
 * depends on another package of this library but {@code url}, opens a connection, or
 * keeps shared mutable state. Begin with
 * {@link io.github.requests4j.internal.url.ParsedUrl} and
 * {@link io.github.requests4j.internal.url.UrlPreparer}.
 */
@NullMarked
package io.github.requests4j.internal.url;

import org.jspecify.annotations.NullMarked;
