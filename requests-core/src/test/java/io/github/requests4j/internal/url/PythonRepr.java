package io.github.requests4j.internal.url;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads Python literals as the vectors show them: text, bytes, numbers, True, None,
 * lists, tuples and dicts.
 */
public final class PythonRepr {

	private final String source;

	private int index;

	public PythonRepr(String source, int index) {
		this.source = source;
		this.index = index;
	}

	public int index() {
		return this.index;
	}

	void skipBlanks() {
		while (this.index < this.source.length() && this.source.charAt(this.index) == ' ') {
			this.index++;
		}
	}

	public @Nullable Object next() {
		char character = this.source.charAt(this.index);
		return switch (character) {
			case '\'', '"' -> text();
			case '{' -> map();
			case '[' -> items(']');
			case '(' -> items(')');
			case '<' -> object();
			default -> word(character);
		};
	}

	private @Nullable Object word(char character) {
		if (character == 'b' && "'\"".indexOf(this.source.charAt(this.index + 1)) >= 0) {
			this.index++;
			return text().getBytes(StandardCharsets.ISO_8859_1);
		}
		int start = this.index;
		while (this.index < this.source.length() && ",]}): ".indexOf(this.source.charAt(this.index)) < 0) {
			this.index++;
		}
		String word = this.source.substring(start, this.index);
		return switch (word) {
			case "None" -> null;
			case "True" -> true;
			case "False" -> false;
			case "nan" -> Double.NaN;
			case "inf" -> Double.POSITIVE_INFINITY;
			case "-inf" -> Double.NEGATIVE_INFINITY;
			default -> (word.indexOf('.') >= 0) ? (Object) Double.valueOf(word) : integer(new BigInteger(word));
		};
	}

	private static Number integer(BigInteger value) {
		return (value.bitLength() < Integer.SIZE) ? (Number) value.intValueExact() : value;
	}

	/** An object without a literal form, such as a stream. */
	private Object object() {
		int end = this.source.indexOf('>', this.index) + 1;
		StringBuilder object = new StringBuilder(this.source.substring(this.index, end));
		this.index = end;
		return new Object() {
			@Override
			public String toString() {
				return object.toString();
			}
		};
	}

	private Map<@Nullable Object, @Nullable Object> map() {
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		this.index++;
		while (this.source.charAt(this.index) != '}') {
			Object key = next();
			this.index++;
			skipBlanks();
			map.put(key, next());
			skipSeparator();
		}
		this.index++;
		return map;
	}

	private List<@Nullable Object> items(char end) {
		List<@Nullable Object> items = new ArrayList<>();
		this.index++;
		while (this.source.charAt(this.index) != end) {
			items.add(next());
			skipSeparator();
		}
		this.index++;
		return items;
	}

	private void skipSeparator() {
		while (this.source.charAt(this.index) == ',' || this.source.charAt(this.index) == ' ') {
			this.index++;
		}
	}

	private String text() {
		char quote = this.source.charAt(this.index++);
		StringBuilder text = new StringBuilder();
		while (this.source.charAt(this.index) != quote) {
			char character = this.source.charAt(this.index++);
			text.append((character == '\\') ? escaped() : character);
		}
		this.index++;
		return text.toString();
	}

	private char escaped() {
		char escape = this.source.charAt(this.index++);
		return switch (escape) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'x' -> hex(2);
			case 'u' -> hex(4);
			default -> escape;
		};
	}

	private char hex(int digits) {
		this.index += digits;
		return (char) Integer.parseInt(this.source.substring(this.index - digits, this.index), 16);
	}

}
