package io.github.requests4j.internal.tls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A DER element (X.690), as far as private keys need it: tags and lengths, without
 * decoding values of most types. Immutable.
 */
final class Der {

	static final int INTEGER = 0x02;

	static final int OCTET_STRING = 0x04;

	static final int OBJECT_IDENTIFIER = 0x06;

	static final int SEQUENCE = 0x30;

	private final byte[] bytes;

	private final int start;

	private final int contentStart;

	private final int end;

	private Der(byte[] bytes, int start, int contentStart, int end) {
		this.bytes = bytes;
		this.start = start;
		this.contentStart = contentStart;
		this.end = end;
	}

	/**
	 * Parses the first element; more may follow.
	 * @throws IllegalArgumentException if the bytes are not DER
	 */
	static Der parse(byte[] bytes) {
		return parse(bytes, 0, bytes.length);
	}

	private static Der parse(byte[] bytes, int start, int limit) {
		if (limit - start < 2) {
			throw malformed();
		}
		int length = bytes[start + 1] & 0xff;
		int contentStart = start + 2;
		if (length > 0x7f) {
			int digits = length & 0x7f;
			if (digits < 1 || digits > 3 || limit - contentStart < digits) {
				throw malformed();
			}
			length = 0;
			for (int i = 0; i < digits; i++) {
				length = (length << 8) | (bytes[contentStart++] & 0xff);
			}
		}
		if (limit - contentStart < length) {
			throw malformed();
		}
		return new Der(bytes, start, contentStart, contentStart + length);
	}

	private static IllegalArgumentException malformed() {
		return new IllegalArgumentException("its content is not DER or is truncated");
	}

	int tag() {
		return this.bytes[this.start] & 0xff;
	}

	/** Returns the value. */
	byte[] content() {
		return Arrays.copyOfRange(this.bytes, this.contentStart, this.end);
	}

	/** Returns the tag, the length and the value. */
	byte[] encoded() {
		return Arrays.copyOfRange(this.bytes, this.start, this.end);
	}

	/** Returns the elements of the value. */
	List<Der> elements() {
		List<Der> elements = new ArrayList<>();
		for (int position = this.contentStart; position < this.end;) {
			Der element = parse(this.bytes, position, this.end);
			elements.add(element);
			position = element.end;
		}
		return elements;
	}

	/**
	 * Returns one of the elements.
	 * @throws IllegalArgumentException if there are fewer elements, or it has another tag
	 */
	Der element(int index, int tag) {
		List<Der> elements = elements();
		if (index >= elements.size() || elements.get(index).tag() != tag) {
			throw new IllegalArgumentException("its content lacks an element");
		}
		return elements.get(index);
	}

	/** Returns the dotted form of an object identifier. */
	String identifier() {
		StringBuilder text = new StringBuilder();
		long value = 0;
		for (int i = this.contentStart; i < this.end; i++) {
			value = (value << 7) | (this.bytes[i] & 0x7f);
			if (this.bytes[i] >= 0) {
				if (text.length() == 0) {
					long first = Math.min(value / 40, 2);
					text.append(first);
					value -= first * 40;
				}
				text.append('.').append(value);
				value = 0;
			}
		}
		return text.toString();
	}

	/** Returns the value of an integer of at most four bytes. */
	int number() {
		if (this.end - this.contentStart < 1 || this.end - this.contentStart > 4) {
			throw new IllegalArgumentException("its content has a number that is out of range");
		}
		int value = 0;
		for (int i = this.contentStart; i < this.end; i++) {
			value = (value << 8) | (this.bytes[i] & 0xff);
		}
		return value;
	}

	/** Encodes an element whose value is the concatenation of some parts. */
	static byte[] encode(int tag, byte[]... parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
		out.write(tag);
		if (length <= 0x7f) {
			out.write(length);
		}
		else {
			int digits = (length > 0xffff) ? 3 : (length > 0xff) ? 2 : 1;
			out.write(0x80 | digits);
			for (int i = digits - 1; i >= 0; i--) {
				out.write(length >> (8 * i));
			}
		}
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

}
