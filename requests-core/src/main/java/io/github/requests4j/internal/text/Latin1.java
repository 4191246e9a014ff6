package io.github.requests4j.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Lets bytes pass as text with one character for each, so that what cuts text cuts bytes
 * too.
 */
public final class Latin1 {

	private Latin1() {
	}

	/**
	 * Bytes as text.
	 * @param bytes the bytes
	 * @return a character for each of them
	 */
	public static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Text as bytes.
	 * @param text text without characters beyond U+00FF
	 * @return a byte for each character
	 */
	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Pieces of bytes as pieces of text.
	 * @param pieces the pieces, taken as they are asked for
	 * @return the same pieces as text
	 */
	public static Iterator<String> text(Iterator<byte[]> pieces) {
		return new Mapped<>(pieces, Latin1::text);
	}

	/**
	 * Pieces of text as pieces of bytes.
	 * @param pieces the pieces, taken as they are asked for
	 * @return the same pieces as bytes
	 */
	public static Iterator<byte[]> bytes(Iterator<String> pieces) {
		return new Mapped<>(pieces, Latin1::bytes);
	}

	private record Mapped<S, T>(Iterator<S> source, Function<S, T> mapping) implements Iterator<T> {

		@Override
		public boolean hasNext() {
			return this.source.hasNext();
		}

		@Override
		public T next() {
			return this.mapping.apply(this.source.next());
		}

	}

}
