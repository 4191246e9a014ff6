/**
 * Decodes the bytes of a body to text: encodings with their names in Python, detected or
 * declared encodings, and the splitting of text into lines. Works with bytes and
 * iterators, and does not depend on requests and responses.
 * <p>
 * The types are public because other packages use them. Applications use {@code Response}
 * and {@code Encodings} instead. This package does not depend on other packages of this
 * library. Start with {@link io.github.requests4j.internal.text.TextCodec}.
 */
@NullMarked
package io.github.requests4j.internal.text;

import org.jspecify.annotations.NullMarked;
