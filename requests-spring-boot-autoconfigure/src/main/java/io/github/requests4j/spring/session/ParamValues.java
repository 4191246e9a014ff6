package io.github.requests4j.spring.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Restores query parameters as they were written. The binder turns a list into a map by
 * index, and a name with a dot into nested maps. A value with a comma stays a single
 * value.
 */
final class ParamValues {

	private ParamValues() {
	}

	/** Returns the parameters in their order, without empty ones. */
	static Map<String, Object> of(Map<String, Object> bound) {
		Map<String, Object> params = new LinkedHashMap<>();
		collect("", bound, params);
		return params;
	}

	private static void collect(String prefix, Map<?, ?> bound, Map<String, Object> params) {
		bound.forEach((key, value) -> {
			String name = prefix + key;
			if (value instanceof Map<?, ?> map && isList(map)) {
				params.put(name, items(map));
			}
			else if (value instanceof Map<?, ?> map) {
				collect(name + ".", map, params);
			}
			else if (!String.valueOf(value).isEmpty()) {
				params.put(name, value);
			}
		});
	}

	private static boolean isList(Map<?, ?> map) {
		for (int i = 0; i < map.size(); i++) {
			if (!map.containsKey(String.valueOf(i))) {
				return false;
			}
		}
		return true;
	}

	private static List<Object> items(Map<?, ?> map) {
		List<Object> items = new ArrayList<>(map.size());
		for (int i = 0; i < map.size(); i++) {
			items.add(map.get(String.valueOf(i)));
		}
		return items;
	}

}
