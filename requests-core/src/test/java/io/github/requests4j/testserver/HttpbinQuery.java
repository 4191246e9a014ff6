package io.github.requests4j.testserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The names and values of a query or a form.
 *
 * @param pairs the pairs in their order
 */
record HttpbinQuery(List<Pair> pairs) {

	/** A name and a value, decoded. */
	record Pair(String name, String value) {

	}

	static HttpbinQuery of(RawRequest request) {
		String target = request.target();
		int question = target.indexOf('?');
		return parse((question < 0) ? "" : target.substring(question + 1));
	}

	static HttpbinQuery parse(String text) {
		List<Pair> pairs = new ArrayList<>();
		for (String part : text.split("&")) {
			int equals = part.indexOf('=');
			if (equals > 0) {
				pairs.add(new Pair(decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
			}
		}
		return new HttpbinQuery(pairs);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	@Nullable String first(String name) {
		return this.pairs.stream().filter((pair) -> pair.name().equals(name)).map(Pair::value).findFirst().orElse(null);
	}

	/** A value for each name; a list where the name repeats. */
	Map<String, Object> asMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		for (Pair pair : this.pairs) {
			List<String> values = this.pairs.stream()
				.filter((other) -> other.name().equals(pair.name()))
				.map(Pair::value)
				.toList();
			map.put(pair.name(), (values.size() == 1) ? pair.value() : values);
		}
		return map;
	}

}
