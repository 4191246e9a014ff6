package io.github.requests4j.internal.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Decodes pieces of content. A character that is split across two pieces is decoded with
 * the second one. An incomplete character at the end becomes U+FFFD. Not thread-safe.
 */
public final class TextPieces implements Iterator<String> {

	private final Iterator<byte[]> pieces;

	private final CharsetDecoder decoder;

	private boolean dropMark;

	private ByteBuffer rest = ByteBuffer.allocate(0);

	private @Nullable String next;

	private boolean ended;

	/**
	 * Creates a decoder for pieces of content.
	 * @param pieces the pieces, which are read when text is requested
	 * @param codec the codec
	 */
	public TextPieces(Iterator<byte[]> pieces, TextCodec codec) {
		this.pieces = pieces;
		this.decoder = codec.newDecoder();
		this.dropMark = codec.dropsMark();
	}

	@Override
	public boolean hasNext() {
		while (this.next == null && !this.ended) {
			this.ended = !this.pieces.hasNext();
			String text = this.ended ? decode(this.rest, true) : decode(joined(this.pieces.next()), false);
			if (this.dropMark && !text.isEmpty()) {
				this.dropMark = false;
				text = (text.charAt(0) == TextCodec.MARK) ? text.substring(1) : text;
			}
			this.next = text.isEmpty() ? null : text;
		}
		return this.next != null;
	}

	@Override
	public String next() {
		String text = hasNext() ? this.next : null;
		if (text == null) {
			throw new NoSuchElementException("There is no more text. Call hasNext() first.");
		}
		this.next = null;
		return text;
	}

	private ByteBuffer joined(byte[] piece) {
		if (!this.rest.hasRemaining()) {
			return ByteBuffer.wrap(piece);
		}
		return ByteBuffer.allocate(this.rest.remaining() + piece.length).put(this.rest).put(piece).flip();
	}

	private String decode(ByteBuffer bytes, boolean last) {
		CharBuffer chars = CharBuffer.allocate((int) (bytes.remaining() * this.decoder.maxCharsPerByte()) + 2);
		CoderResult result = this.decoder.decode(bytes, chars, last);
		StringBuilder text = new StringBuilder();
		while (result.isOverflow()) {
			text.append(chars.flip());
			chars.clear();
			result = this.decoder.decode(bytes, chars, last);
		}
		if (last) {
			this.decoder.flush(chars);
		}
		this.rest = bytes;
		chars.flip();
		return text.isEmpty() ? chars.toString() : text.append(chars).toString();
	}

}
