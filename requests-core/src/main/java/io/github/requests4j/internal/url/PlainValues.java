package io.github.requests4j.internal.url;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Values of parameters and URI variables whose type hides what they stand for. Paths and
 * JSON nodes are iterable: without this conversion, a path would become its names, and a
 * number in JSON nothing at all.
 */
public final class PlainValues {

	private PlainValues() {
	}

	/**
	 * Returns what a value stands for: the content of an optional, the text of a path or
	 * a {@code char[]}, and the text, elements or properties of a JSON node.
	 * @param value the value
	 * @return the plain value, or the value itself if it is plain already; {@code null}
	 * for an empty optional and for null in JSON
	 */
	public static @Nullable Object of(@Nullable Object value) {
		if (value instanceof String || value instanceof Number) {
			return value;
		}
		if (value instanceof Iterable<?> iterable) {
			return ofIterable(iterable);
		}
		if (value instanceof char[] characters) {
			return new String(characters);
		}
		if (value instanceof Optional<?> optional) {
			return of(optional.orElse(null));
		}
		if (value instanceof OptionalInt optional) {
			return optional.isPresent() ? optional.getAsInt() : null;
		}
		if (value instanceof OptionalLong optional) {
			return optional.isPresent() ? optional.getAsLong() : null;
		}
		if (value instanceof OptionalDouble optional) {
			return optional.isPresent() ? optional.getAsDouble() : null;
		}
		return value;
	}

	private static @Nullable Object ofIterable(Iterable<?> value) {
		if (value instanceof Path) {
			return value.toString();
		}
		return (value instanceof JsonNode node) ? ofNode(node) : value;
	}

	private static @Nullable Object ofNode(JsonNode node) {
		if (node.isNull() || node.isMissingNode()) {
			return null;
		}
		if (node.isArray()) {
			return node.values();
		}
		if (!node.isObject()) {
			return node.asString();
		}
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		node.properties().forEach((property) -> properties.put(property.getKey(), property.getValue()));
		return properties;
	}

}
