/**
 * Undoes content codings while a body is read: gzip, deflate and, where their libraries
 * are on the class path, br and zstd. Works on plain streams and knows nothing of
 * requests and responses.
 */
@NullMarked
package io.github.requests4j.http.decode;

import org.jspecify.annotations.NullMarked;
