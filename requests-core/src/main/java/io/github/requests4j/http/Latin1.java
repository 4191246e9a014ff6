package io.github.requests4j.http;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Lets bytes pass as text with one character for each, so that what cuts text cuts bytes
 * too.
 */
final class Latin1 {

	private Latin1() {
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static Iterator<String> text(Iterator<byte[]> pieces) {
		return new Mapped<>(pieces, Latin1::text);
	}

	static Iterator<byte[]> bytes(Iterator<String> pieces) {
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
