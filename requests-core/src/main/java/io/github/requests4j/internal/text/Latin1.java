package io.github.requests4j.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Converts bytes to text with one character for each byte, so that code for text can
 * process bytes.
 */
public final class Latin1 {

	private Latin1() {
	}

	/**
	 * Converts bytes to text.
	 * @param bytes the bytes
	 * @return text with one character for each byte
	 */
	public static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Converts text to bytes.
	 * @param text text without characters beyond U+00FF
	 * @return one byte for each character
	 */
	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Converts pieces of bytes to pieces of text.
	 * @param pieces the pieces, which are read on demand
	 * @return the pieces as text
	 */
	public static Iterator<String> text(Iterator<byte[]> pieces) {
		return new Mapped<>(pieces, Latin1::text);
	}

	/**
	 * Converts pieces of text to pieces of bytes.
	 * @param pieces the pieces, which are read on demand
	 * @return the pieces as bytes
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
