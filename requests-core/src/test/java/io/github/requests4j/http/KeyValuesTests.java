package io.github.requests4j.http;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KeyValuesTests {

	private static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return map;
	}

	private static String encode(@Nullable Object source) {
		return KeyValues.from(source).encode();
	}

	private static String merge(@Nullable Object session, @Nullable Object request) {
		return KeyValues.merge(KeyValues.from(session), KeyValues.from(request)).encode();
	}

	@Test
	@DisplayName("49: names and values are form-encoded")
	void namesAndValuesAreFormEncoded() {
		assertThat(encode(map("a b", "c d/\u00E9&=+%?#"))).isEqualTo("a+b=c+d%2F%C3%A9%26%3D%2B%25%3F%23");
		assertThat(encode(map("q", "a~b*c!'()-_."))).isEqualTo("q=a~b%2Ac%21%27%28%29-_.");
		assertThat(encode(map("\uD83D\uDE00", "\r\n\u0000"))).isEqualTo("%F0%9F%98%80=%0D%0A%00");
		assertThat(encode(map("a", "\uDC00x"))).as("half a pair").isEqualTo("a=%EF%BF%BDx");
		assertThat(encode(map("a", "%20"))).isEqualTo("a=%2520");
	}

	@Test
	void ofAcceptsAlternatingNamesAndValues() {
		assertThat(KeyValues.of("a", 1, "b", "x y", "a", true).encode()).isEqualTo("a=1&b=x+y&a=true");
		assertThat(KeyValues.of("a", null).isEmpty()).isFalse();
		assertThat(KeyValues.of("a", null, "b", List.of(1, 2)).encode()).isEqualTo("b=1&b=2");
	}

	@Test
	void ofAcceptsEntriesInPlaceOfNames() {
		assertThat(KeyValues.of("a", 1, Map.entry("b", 2), "c", 3, Map.entry("a", 4)).encode())
			.isEqualTo("a=1&b=2&c=3&a=4");
		assertThat(KeyValues.of("a", Map.entry("b", 2), "c", 3).encode()).startsWith("a=b%3D2");
		assertThat(KeyValues.of(Map.entry("a", 1), Map.entry("a", 2)).encode()).isEqualTo("a=1&a=2");
	}

	@Test
	void ofRejectsANameWithoutValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.of("a", 1, "b"))
			.withMessage(
					"The parameter 'b' has no value. Pass alternating names and values, or Map.entry(name, value).");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.of("a", 1, null, 2));
	}

	@Test
	@DisplayName("50: null values, empty lists and nulls in lists are skipped")
	void nullsAndEmptyListsAreSkipped() {
		assertThat(encode(map("a", null, "b", List.of(), "c", Arrays.asList("x", null, "y"), "d", "")))
			.isEqualTo("c=x&c=y&d=");
		assertThat(encode(map("a", Optional.empty(), "b", Optional.of("x")))).isEqualTo("b=x");
		assertThat(KeyValues.from(null).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("50: iterable values repeat the name")
	void iterablesRepeatTheName() {
		assertThat(encode(map("a", List.of(1, 2)))).isEqualTo("a=1&a=2");
		assertThat(encode(map("a", new LinkedHashSet<>(List.of("x", "y"))))).isEqualTo("a=x&a=y");
		assertThat(encode(map("a", new int[] { 1, 2 }))).isEqualTo("a=1&a=2");
		assertThat(encode(map("a", new String[] { "x", "y" }))).isEqualTo("a=x&a=y");
		assertThat(encode(map("a", List.of("x", "y").iterator()))).isEqualTo("a=x&a=y");
		assertThat(encode(map("a", Stream.of("x", "y")))).isEqualTo("a=x&a=y");
		assertThat(encode(map("a", map("x", 1, "y", 2)))).as("a map counts as its keys").isEqualTo("a=x&a=y");
		assertThat(encode(map("a", List.of(List.of(1, 2), 3)))).as("a nested list").isEqualTo("a=1&a=2&a=3");
		assertThat(encode(map("a", List.of(List.of(List.of(1)))))).as("not deeper").isEqualTo("a=%5B1%5D");
	}

	@Test
	@DisplayName("50: other values are written as Java prints them")
	void scalarsAreWrittenAsInJava() {
		assertThat(
				encode(map("a", true, "b", 1.0, "c", 7L, "d", new BigDecimal("1.50"), "e", 'x', "f", Thread.State.NEW)))
			.isEqualTo("a=true&b=1.0&c=7&d=1.50&e=x&f=NEW");
		assertThat(encode(map("a", new StringBuilder("x y"), "b", "pw".toCharArray()))).isEqualTo("a=x+y&b=pw");
		assertThat(encode(Map.of(1, 2))).isEqualTo("1=2");
	}

	@Test
	@DisplayName("50: a path is one value, although it can be iterated")
	void pathIsOneValue() {
		assertThat(encode(map("a", Path.of("/b/c"), "d", List.of(Path.of("e/f"))))).isEqualTo("a=%2Fb%2Fc&d=e%2Ff");
	}

	@Test
	@DisplayName("50: JSON nodes are the text, elements, names or null that they contain")
	void jsonNodesAreTheirContent() {
		JsonNode json = JsonMapper.builder()
			.build()
			.readTree("{'n':7,'t':'x y','b':true,'l':[1,'2',null,[3]],'o':{'k':1,'m':2},'z':null}".replace('\'', '"'));
		assertThat(encode(map("n", json.get("n"), "t", json.get("t"), "b", json.get("b"), "l", json.get("l"))))
			.isEqualTo("n=7&t=x+y&b=true&l=1&l=2&l=3");
		assertThat(encode(map("o", json.get("o"), "z", json.get("z"), "all", List.of(json.get("n"), json.get("z")))))
			.isEqualTo("o=k&o=m&all=7");
		KeyValues session = KeyValues.of("z", 1, "y", 2);
		assertThat(KeyValues.merge(session, KeyValues.of("z", json.get("z"))).encode()).isEqualTo("y=2");
	}

	@Test
	@DisplayName("50: optionals of every kind are unpacked")
	void optionalsAreUnpacked() {
		assertThat(encode(map("a", OptionalInt.of(1), "b", OptionalLong.of(2), "c", OptionalDouble.of(0.5))))
			.isEqualTo("a=1&b=2&c=0.5");
		assertThat(encode(map("a", OptionalInt.empty(), "b", OptionalLong.empty(), "c", OptionalDouble.empty())))
			.isEmpty();
	}

	@Test
	@DisplayName("Parameters are equal if names, values and their order are")
	void parametersAreValues() {
		KeyValues some = KeyValues.of("a", 1, "b", List.of("x", "y"), "c", new byte[] { 1 }, "d", null);
		KeyValues same = KeyValues
			.fromPairs(List.of(Map.entry("a", "1"), new Object[] { "b", new String[] { "x", "y" } },
					Map.entry("c", new byte[] { 1 }), Arrays.asList("d", null)));
		assertThat(some).isEqualTo(same).hasSameHashCodeAs(same);
		assertThat(KeyValues.of("a", 1, "b", 2)).isNotEqualTo(KeyValues.of("b", 2, "a", 1));
		assertThat(KeyValues.of("a", null)).isNotEqualTo(KeyValues.of("a", List.of())).isNotEqualTo("a");
		assertThat(KeyValues.of("c", new byte[] { 1 })).isNotEqualTo(KeyValues.of("c", new byte[] { 2 }));
		assertThat(KeyValues.fromText("a=1")).isEqualTo(KeyValues.fromText("a=1")).isNotEqualTo(KeyValues.of("a", 1));
	}

	@Test
	@DisplayName("50: bytes are escaped one by one and copied")
	void bytesAreEscapedAndCopied() {
		byte[] value = { (byte) 0xFF, 0, 'a', ' ', '~' };
		KeyValues keyValues = KeyValues.fromMap(map("a", value));
		value[2] = 'b';
		assertThat(keyValues.encode()).isEqualTo("a=%FF%00a+~");
		byte[] name = "\u00E9".getBytes(StandardCharsets.UTF_8);
		assertThat(encode(List.of(Map.entry(name, "x")))).isEqualTo("%C3%A9=x");
	}

	@Test
	@DisplayName("50: values are read once, when the parameters are created")
	void valuesAreReadOnce() {
		List<String> values = new ArrayList<>(List.of("x"));
		Map<String, @Nullable Object> source = map("a", values);
		KeyValues keyValues = KeyValues.from(source);
		values.add("y");
		source.put("b", 1);
		assertThat(keyValues.encode()).isEqualTo("a=x").isSameAs(keyValues.encode());
	}

	@Test
	@DisplayName("50: a null name is rejected")
	void nullNameIsRejected() {
		Map<@Nullable String, Object> source = new LinkedHashMap<>();
		source.put(null, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(source)).withMessageContaining("name");
	}

	@Test
	@DisplayName("51: text is kept unchanged; bytes are US-ASCII")
	void textIsKeptUnchanged() {
		assertThat(encode("raw=\u00E4 b&c")).isEqualTo("raw=\u00E4 b&c");
		assertThat(encode("?x=1")).isEqualTo("?x=1");
		assertThat(encode(new StringBuilder("a=b"))).isEqualTo("a=b");
		assertThat(encode("raw".getBytes(StandardCharsets.US_ASCII))).isEqualTo("raw");
		assertThat(KeyValues.from("").isEmpty()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.fromBytes(new byte[] { 'a', -1 }))
			.withMessageContaining("index 1")
			.withMessageContaining("0xff");
	}

	@Test
	@DisplayName("49, 53: pairs keep their order and may repeat names")
	void pairsKeepTheirOrder() {
		assertThat(encode(List.of(Map.entry("a", 1), List.of("b", 2), new Object[] { "a", 3 })))
			.isEqualTo("a=1&b=2&a=3");
		assertThat(encode(new Object[] { Map.entry("b", 1), Map.entry("a", List.of(1, 2)) })).isEqualTo("b=1&a=1&a=2");
		assertThat(KeyValues.empty().plus("a", 1).plus("a", 2).encode()).isEqualTo("a=1&a=2");
	}

	@Test
	@DisplayName("69: a string of two characters counts as a pair")
	void textOfTwoCharactersIsAPair() {
		assertThat(encode(List.of("ab", "c\uD83D\uDE00"))).isEqualTo("a=b&c=%F0%9F%98%80");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(List.of("abc")))
			.withMessageContaining("element 0 is java.lang.String");
	}

	@Test
	@DisplayName("246: a value that is neither a map nor pairs is reported by its type, not its content")
	void unsupportedValueIsReportedWithoutItsContent() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(5))
			.withMessage("cannot encode objects that are not 2-tuples: got java.lang.Integer."
					+ " Pass a Map, pairs such as Map.entry(name, value), or encoded text.");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(true))
			.withMessageContaining("java.lang.Boolean");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(Arrays.asList("ab", null)))
			.withMessageContaining("element 1 is null");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(List.of(List.of("s3cret", 1, 2))))
			.withMessageNotContaining("s3cret");
	}

	@Test
	@DisplayName("17, 18, 53: the session's values come first; overridden values keep their position")
	void mergedMapKeepsTheOrderOfTheSession() {
		assertThat(merge(map("s", 1, "x", 2), map("x", 3, "y", 4))).isEqualTo("s=1&x=3&y=4");
		assertThat(merge(map("x", 2, "s", 1), map("y", 4, "x", 3))).isEqualTo("x=3&s=1&y=4");
		assertThat(merge(map("s", 1), null)).isEqualTo("s=1");
		assertThat(merge(null, map("s", 1))).isEqualTo("s=1");
		assertThat(merge(map("s", 1), Map.of())).isEqualTo("s=1");
		assertThat(KeyValues.merge(null, null).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("20: null removes the session's value, and a null in the session is not sent")
	void nullRemovesTheValueOfTheSession() {
		assertThat(merge(map("s", 1, "x", 2), map("x", null))).isEqualTo("s=1");
		assertThat(merge(map("s", null, "x", 2), Map.of())).isEqualTo("x=2");
		assertThat(merge(map("x", 2), List.of(new SimpleEntry<String, @Nullable Object>("x", null)))).isEmpty();
	}

	@Test
	@DisplayName("21: parameter names are case-sensitive")
	void namesAreCaseSensitiveWhenMerging() {
		assertThat(merge(map("s", 1), map("S", 2))).isEqualTo("s=1&S=2");
	}

	@Test
	@DisplayName("19: text and lists are merged, not dropped")
	void textAndListsAreMerged() {
		assertThat(merge(map("s", 1), "a=b")).isEqualTo("s=1&a=b");
		assertThat(merge("a=b", map("s", 1))).isEqualTo("a=b&s=1");
		assertThat(merge(List.of(Map.entry("s", 1), Map.entry("s", 2)), map("a", "b"))).isEqualTo("s=1&s=2&a=b");
		assertThat(merge(List.of(Map.entry("s", 1), Map.entry("t", 0), Map.entry("s", 2)), map("s", 3)))
			.isEqualTo("s=3&t=0");
		assertThat(merge(map("s", 1, "x", 2), List.of(Map.entry("x", 3), Map.entry("y", 4), Map.entry("x", 5))))
			.isEqualTo("s=1&x=3&y=4&x=5");
		assertThat(merge(List.of(Map.entry("s", 1)), null)).isEqualTo("s=1");
	}

	@Test
	@DisplayName("93: parameters are listed as the fields of a multipart body")
	void fieldsOfAMultipartBodyAreListed() {
		KeyValues keyValues = KeyValues.from(map("a", List.of("x", "\u00E9"), "b", null, "c", new byte[] { 1, -1 }));
		assertThat(keyValues.fields()).extracting(KeyValues.Field::name).containsExactly("a", "a", "c");
		assertThat(keyValues.fields().get(1).bytes()).isEqualTo("\u00E9".getBytes(StandardCharsets.UTF_8));
		assertThat(keyValues.fields().get(1).text()).isEqualTo("\u00E9");
		assertThat(keyValues.fields().get(2).bytes()).containsExactly(1, -1);
		assertThat(keyValues.hasText()).isFalse();
		KeyValues text = KeyValues.fromText("a=b");
		assertThat(text.hasText()).isTrue();
		assertThatIllegalStateException().isThrownBy(text::fields);
	}

	@Test
	@DisplayName("73: parameters may be present and still encode to nothing")
	void nonEmptyParametersMayEncodeToNothing() {
		KeyValues keyValues = KeyValues.from(map("a", null, "b", List.of()));
		assertThat(keyValues.isEmpty()).isFalse();
		assertThat(keyValues.encode()).isEmpty();
	}

	@Test
	@DisplayName("threat 40: toString() shows names but no values")
	void toStringShowsOnlyNames() {
		assertThat(KeyValues.from(map("key", "s3cret", "x", 1))).hasToString("KeyValues[key, x]");
		assertThat(KeyValues.fromText("key=s3cret")).hasToString("KeyValues[(text)]");
		assertThat(KeyValues.from(map("key", "s3cret")).fields().get(0).toString()).doesNotContain("s3cret");
	}

}
