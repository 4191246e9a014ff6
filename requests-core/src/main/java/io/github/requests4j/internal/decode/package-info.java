/**
 * Undoes content codings while a body is read: gzip, deflate and, where their libraries
 * are on the class path, br and zstd. Works on plain streams and knows nothing of
 * requests and responses.
 * <p>
 * Nothing here depends on another package of this library, and applications need nothing
 * of it. Begin with {@link io.github.requests4j.internal.decode.ContentDecoders}.
 */
@NullMarked
package io.github.requests4j.internal.decode;

import org.jspecify.annotations.NullMarked;
