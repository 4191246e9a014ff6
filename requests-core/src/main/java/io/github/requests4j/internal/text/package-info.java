/**
 * How the bytes of a body become text: encodings by the names that Python has for them,
 * or as they look or declare themselves, and the cutting of text into lines. Works on
 * plain bytes and iterators and knows nothing of requests and responses.
 * <p>
 * The types here are public because the package above uses them; applications read text
 * by {@code Response}, and need {@code Encodings} at most. Nothing here depends on
 * another package of this library. Begin with
 * {@link io.github.requests4j.internal.text.TextCodec}.
 */
@NullMarked
package io.github.requests4j.internal.text;

import org.jspecify.annotations.NullMarked;
