package io.github.requests4j.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the results that vectors show as Python literals. Bytes become {@link Bytes},
 * integers {@link BigInteger}s, tuples and lists {@link List}s.
 */
final class PythonLiteral {

	private final String source;

	private int index;

	private PythonLiteral(String source) {
		this.source = source;
	}

	static @Nullable Object read(String source) {
		return new PythonLiteral(source).next();
	}

	static Bytes bytes(byte[] bytes) {
		return new Bytes(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	/**
	 * A JSON tree as Python has it.
	 */
	static @Nullable Object of(JsonNode node) {
		if (node.isObject()) {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			node.properties().forEach((entry) -> map.put(entry.getKey(), of(entry.getValue())));
			return map;
		}
		if (node.isArray()) {
			List<@Nullable Object> list = new ArrayList<>();
			node.forEach((item) -> list.add(of(item)));
			return list;
		}
		if (node.isNumber()) {
			return node.isIntegralNumber() ? node.bigIntegerValue() : (Object) node.doubleValue();
		}
		return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.stringValue();
	}

	private @Nullable Object next() {
		char c = this.source.charAt(this.index);
		return switch (c) {
			case '\'', '"' -> text();
			case '{' -> map();
			case '[' -> items(']');
			case '(' -> items(')');
			default -> word(c);
		};
	}

	private @Nullable Object word(char first) {
		if (first == 'b' && "'\"".indexOf(this.source.charAt(this.index + 1)) >= 0) {
			this.index++;
			return new Bytes(text());
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
			default -> word.contains(".") ? (Object) Double.valueOf(word) : new BigInteger(word);
		};
	}

	private Map<@Nullable Object, @Nullable Object> map() {
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		this.index++;
		while (this.source.charAt(this.index) != '}') {
			Object key = next();
			this.index++;
			skipSeparator();
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
			char c = this.source.charAt(this.index++);
			text.append((c == '\\') ? escaped() : c);
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

	/**
	 * Bytes, one character each.
	 *
	 * @param latin1 the bytes
	 */
	record Bytes(String latin1) {

		byte[] array() {
			return this.latin1.getBytes(StandardCharsets.ISO_8859_1);
		}

	}

}
