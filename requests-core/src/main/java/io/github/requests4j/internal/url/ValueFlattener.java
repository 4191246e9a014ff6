package io.github.requests4j.internal.url;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

/**
 * Turns the value of a parameter into the texts and byte arrays that it stands for
 * (behaviour 50). What it returns shares nothing mutable with the value.
 */
final class ValueFlattener {

	// requests looks into a list within a list, and no deeper
	private static final int DEPTH = 2;

	private ValueFlattener() {
	}

	/**
	 * Flatten a value.
	 * @param value the value
	 * @return texts ({@code String}) and bytes ({@code byte[]}), none for null
	 */
	static List<Object> flatten(@Nullable Object value) {
		if (value instanceof String text) {
			return List.of(text);
		}
		List<Object> target = new ArrayList<>(1);
		add(target, value, 0);
		return target;
	}

	private static void add(List<Object> target, @Nullable Object value, int depth) {
		if (value == null) {
			return;
		}
		if (value instanceof Optional<?> optional) {
			add(target, optional.orElse(null), depth);
		}
		else if (value instanceof byte[] bytes) {
			target.add(bytes.clone());
		}
		else if (value instanceof char[] characters) {
			target.add(new String(characters));
		}
		else if (depth == DEPTH || !addElements(target, value, depth)) {
			target.add(String.valueOf(value));
		}
	}

	private static boolean addElements(List<Object> target, Object value, int depth) {
		if (value instanceof Iterable<?> iterable) {
			return addAll(target, iterable.iterator(), depth);
		}
		if (value instanceof Map<?, ?> map) {
			return addAll(target, map.keySet().iterator(), depth);
		}
		if (value instanceof Iterator<?> iterator) {
			return addAll(target, iterator, depth);
		}
		if (value instanceof BaseStream<?, ?> stream) {
			return addAll(target, stream.iterator(), depth);
		}
		if (value.getClass().isArray()) {
			for (int i = 0; i < Array.getLength(value); i++) {
				add(target, Array.get(value, i), depth + 1);
			}
			return true;
		}
		return false;
	}

	private static boolean addAll(List<Object> target, Iterator<?> values, int depth) {
		while (values.hasNext()) {
			add(target, values.next(), depth + 1);
		}
		return true;
	}

}
