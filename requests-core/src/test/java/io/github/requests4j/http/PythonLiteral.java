package io.github.requests4j.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.internal.url.PythonRepr;

/**
 * Reads the results that vectors show as Python literals, for comparing: bytes become
 * {@link Bytes}, integers {@link BigInteger}s, tuples and lists {@link List}s.
 */
final class PythonLiteral {

	private PythonLiteral() {
	}

	static @Nullable Object read(String source) {
		return comparable(new PythonRepr(source, 0).next());
	}

	private static @Nullable Object comparable(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return bytes(bytes);
		}
		if (value instanceof Integer integer) {
			return BigInteger.valueOf(integer);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> items = new ArrayList<>();
			list.forEach((item) -> items.add(comparable(item)));
			return items;
		}
		if (value instanceof Map<?, ?> map) {
			Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
			map.forEach((key, item) -> entries.put(comparable(key), comparable(item)));
			return entries;
		}
		return value;
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
