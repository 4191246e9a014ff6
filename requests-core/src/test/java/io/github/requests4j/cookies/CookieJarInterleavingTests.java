package io.github.requests4j.cookies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.interleaving.Interleavings;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * A jar that threads share behaves like a map that they use one after another.
 */
@Tag("once")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CookieJarInterleavingTests {

	private static final Url URL = ParsedUrl.split("http://example.com/");

	private static String name(int number) {
		return "c" + number;
	}

	/** The jar as a dictionary. */
	public static final class Dictionary {

		private final CookieJar jar = CookieFixture.jar();

		@Operation
		public @Nullable String get(@Param(gen = IntGen.class, conf = "0:2") int name) {
			return this.jar.get(name(name));
		}

		@Operation
		public void set(@Param(gen = IntGen.class, conf = "0:2") int name,
				@Param(gen = IntGen.class, conf = "0:9") int value) {
			this.jar.set(name(name), String.valueOf(value));
		}

		@Operation
		public @Nullable String setDefault(@Param(gen = IntGen.class, conf = "0:2") int name,
				@Param(gen = IntGen.class, conf = "0:9") int value) {
			return this.jar.setDefault(name(name), String.valueOf(value));
		}

		@Operation
		public void update(@Param(gen = IntGen.class, conf = "0:9") int value) {
			Map<String, String> both = new LinkedHashMap<>();
			both.put(name(0), String.valueOf(value));
			both.put(name(1), String.valueOf(value));
			this.jar.update(both);
		}

		@Operation
		public @Nullable String pop(@Param(gen = IntGen.class, conf = "0:2") int name) {
			return this.jar.pop(name(name), null);
		}

		@Operation
		public String popItem() {
			try {
				return this.jar.popItem().toString();
			}
			catch (IllegalStateException ex) {
				return "empty";
			}
		}

		@Operation
		public boolean remove(@Param(gen = IntGen.class, conf = "0:2") int name) {
			return this.jar.remove(name(name));
		}

		@Operation
		public String items() {
			return this.jar.items().toString();
		}

	}

	/** The dictionary of one thread. */
	public static final class DictionaryModel {

		private final Map<String, String> map = new LinkedHashMap<>();

		@Operation
		public @Nullable String get(int name) {
			return this.map.get(name(name));
		}

		@Operation
		public void set(int name, int value) {
			this.map.put(name(name), String.valueOf(value));
		}

		@Operation
		public @Nullable String setDefault(int name, int value) {
			this.map.putIfAbsent(name(name), String.valueOf(value));
			return this.map.get(name(name));
		}

		@Operation
		public void update(int value) {
			set(0, value);
			set(1, value);
		}

		@Operation
		public @Nullable String pop(int name) {
			return this.map.remove(name(name));
		}

		@Operation
		public String popItem() {
			if (this.map.isEmpty()) {
				return "empty";
			}
			String first = this.map.keySet().iterator().next();
			return first + "=" + this.map.remove(first);
		}

		@Operation
		public boolean remove(int name) {
			return this.map.remove(name(name)) != null;
		}

		@Operation
		public String items() {
			return new ArrayList<>(this.map.entrySet()).toString();
		}

	}

	/** The jar between responses and requests. */
	public static final class Exchanges {

		private final CookieJar jar = CookieFixture.jar();

		@Operation
		public int take(@Param(gen = IntGen.class, conf = "0:9") int value) {
			return this.jar.extract(URL, List.of("a=" + value, "b=" + value), CookieFixture.NOW).size();
		}

		@Operation
		public int takeOne(@Param(gen = IntGen.class, conf = "0:9") int value) {
			return this.jar.extract(URL, List.of("b=" + value), CookieFixture.NOW).size();
		}

		@Operation
		public void expire() {
			this.jar.extract(URL, List.of("a=; Max-Age=0", "b=; Max-Age=0"), CookieFixture.NOW);
		}

		@Operation
		public @Nullable String header() {
			return this.jar.cookieHeader(URL, CookieFixture.NOW);
		}

		@Operation
		public @Nullable String headerOfCopy() {
			CookieJar copy = this.jar.copy();
			copy.set("own", "1");
			copy.remove("own");
			return copy.cookieHeader(URL, CookieFixture.NOW);
		}

		@Operation
		public int size() {
			return this.jar.size();
		}

		@Operation
		public void clear() {
			this.jar.clear("example.com");
		}

	}

	/** The exchanges of one thread. */
	public static final class ExchangesModel {

		private final Map<String, Integer> map = new LinkedHashMap<>();

		@Operation
		public int take(int value) {
			this.map.put("a", value);
			this.map.put("b", value);
			return 2;
		}

		@Operation
		public int takeOne(int value) {
			this.map.put("b", value);
			return 1;
		}

		@Operation
		public void expire() {
			this.map.clear();
		}

		@Operation
		public @Nullable String header() {
			List<String> pairs = new ArrayList<>();
			this.map.forEach((name, value) -> pairs.add(name + "=" + value));
			return pairs.isEmpty() ? null : String.join("; ", pairs);
		}

		@Operation
		public @Nullable String headerOfCopy() {
			return header();
		}

		@Operation
		public int size() {
			return this.map.size();
		}

		@Operation
		public void clear() {
			this.map.clear();
		}

	}

	@Test
	@DisplayName("concurrency: each change of a jar is atomic, and a response's cookies appear and disappear together")
	void jarIsLinearizable() throws Exception {
		Interleavings.check(Dictionary.class, DictionaryModel.class, Exchanges.class, ExchangesModel.class);
	}

}
