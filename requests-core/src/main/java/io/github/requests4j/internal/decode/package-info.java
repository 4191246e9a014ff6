/**
 * Decodes content codings while a body is read: gzip, deflate and, if their libraries are
 * on the class path, br and zstd. Works with streams, and does not depend on requests and
 * responses.
 * <p>
 * This package does not depend on other packages of this library, and applications do not
 * use it. Start with {@link io.github.requests4j.internal.decode.ContentDecoders}.
 */
@NullMarked
package io.github.requests4j.internal.decode;

import org.jspecify.annotations.NullMarked;
