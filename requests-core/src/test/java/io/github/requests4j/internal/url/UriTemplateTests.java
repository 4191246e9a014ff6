package io.github.requests4j.internal.url;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UriTemplateTests {

	private static String expand(String template, Object value) {
		return UriTemplate.parse(template).expand(Map.of("x", value));
	}

	@Test
	@DisplayName("42: variables are expanded in the path, query and fragment")
	void variablesAreExpandedInPathQueryAndFragment() {
		UriTemplate template = UriTemplate.parse("/items/{id}/sub-{id}?q={text}&n=1#{frag.ment-1_x}");
		assertThat(template.variables()).containsExactly("id", "id", "text", "frag.ment-1_x");
		Map<String, Object> values = Map.of("id", 7, "text", "a b&c=d", "frag.ment-1_x", "f", "unused", "u");
		assertThat(template.expand(values)).isEqualTo("/items/7/sub-7?q=a%20b%26c%3Dd&n=1#f");
		assertThat(template).hasToString("/items/{id}/sub-{id}?q={text}&n=1#{frag.ment-1_x}");
	}

	@ParameterizedTest
	@CsvSource({ "../admin, /a/..%2Fadmin/b", "a/b?c#d%e, /a/a%2Fb%3Fc%23d%25e/b", "a;b=c, /a/a%3Bb%3Dc/b",
			"'//evil', /a/%2F%2Fevil/b", "'\\', /a/%5C/b", "\u00E9, /a/%C3%A9/b", "..., /a/.../b", "..a, /a/..a/b" })
	@DisplayName("threat 42: a value is always part of one segment, whatever it contains")
	void valuesAreStrictlyEncoded(String value, String expanded) {
		assertThat(expand("/a/{x}/b", value)).isEqualTo(expanded);
		String path = UrlPreparer.prepare("http://h" + expanded, "").path();
		assertThat(path).isEqualTo(expanded);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "%2e%2e", "%2E", ".%2e", "%2e.", "..;a=b" })
	@DisplayName("threat 42: a value cannot form a dot segment")
	void valueCannotBeADotSegment(String value) {
		for (String template : List.of("/a/{x}/b", "/a/{x}", "{x}/b", "{x}", "/a/{x}?q", "/a/{x}#f", "http://h/{x}")) {
			if (value.contains(";")) {
				assertThat(expand(template, value)).contains("..%3Ba%3Db");
			}
			else {
				assertThatIllegalArgumentException().isThrownBy(() -> expand(template, value))
					.withMessageContaining("'x'")
					.withMessageContaining("creates a \".\" or \"..\" path segment");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "/p/{x}", "/p/{x}/y", "p/{x}.txt?q={x}", "{x}", "http://h/{x}", "/{y?}/{x}" })
	@DisplayName("an empty value in the path is rejected unless the template allows it")
	void emptyPathValueIsRejected(String template) {
		UriTemplate parsed = UriTemplate.parse(template);
		assertThatIllegalArgumentException().isThrownBy(() -> parsed.expand(Map.of("x", "", "y", "")))
			.withMessage(
					"The variable 'x' of the URI template '" + template + "' is empty, which would change the path."
							+ " Give it a value, or write {x?} in the template if it may be empty.");
		assertThatIllegalArgumentException().isThrownBy(() -> parsed.expand(Map.of("x", List.of(), "y", "")));
		UriTemplate allowed = UriTemplate.parse(template.replace("{x}", "{x?}"));
		assertThat(allowed.variables()).isEqualTo(parsed.variables());
		assertThat(allowed.expand(Map.of("x", "", "y", ""))).isEqualTo(template.replaceAll("\\{[xy]\\??}", ""));
		assertThat(allowed.expand(Map.of("x", "1", "y", ""))).doesNotContain("{", "}");
	}

	@Test
	@DisplayName("an empty value is accepted in the query and fragment")
	void emptyQueryValueIsAccepted() {
		assertThat(expand("/p?q={x}&r=1#{x}", "")).isEqualTo("/p?q=&r=1#");
		assertThat(UriTemplate.withoutQuery("/p/{x?}/y?q={x}")).isEqualTo("/p/{x?}/y");
		assertThat(UriTemplate.withoutQuery("/p/{x?}")).isEqualTo("/p/{x?}");
		assertThatIllegalArgumentException().isThrownBy(() -> expand("http://{x?}.h/", "a/b"))
			.withMessageContaining("before the path");
	}

	@Test
	@DisplayName("threat 42: dot segments that several pieces form together are rejected, too")
	void severalValuesCannotFormADotSegment() {
		UriTemplate two = UriTemplate.parse("/a/{x}{y}/b");
		assertThatIllegalArgumentException().isThrownBy(() -> two.expand(Map.of("x", ".", "y", ".")));
		assertThat(two.expand(Map.of("x", ".", "y", "a"))).isEqualTo("/a/.a/b");
		assertThatIllegalArgumentException().isThrownBy(() -> expand("/a/.{x}", "."));
		assertThatIllegalArgumentException().isThrownBy(() -> expand("/a/%2{x}", "e"));
		assertThatIllegalArgumentException().isThrownBy(() -> expand("/a/{x};v=1", ".."));
		assertThat(expand("/a/../{x}", "b")).as("dots in the template are the developer's choice").isEqualTo("/a/../b");
		assertThat(expand("/a?x={x}", "..")).as("no segment").isEqualTo("/a?x=..");
	}

	@Test
	@DisplayName("threat 43: a value is never expanded again")
	void valueIsNotExpandedAgain() {
		UriTemplate template = UriTemplate.parse("/{x}/{y}");
		assertThat(template.expand(Map.of("x", "{y}", "y", "${z} #{T(x)}")))
			.isEqualTo("/%7By%7D/%24%7Bz%7D%20%23%7BT%28x%29%7D");
	}

	@Test
	@DisplayName("42: paths, optionals, characters and JSON nodes are expanded to what they contain")
	void wrappedValuesAreUnpacked() {
		JsonNode json = JsonMapper.builder().build().readTree("{\"id\":7,\"all\":[1,\"b c\",null],\"none\":null}");
		UriTemplate template = UriTemplate.parse("/x/{v}");
		assertThat(template.expand(Map.of("v", Path.of("a/b")))).isEqualTo("/x/a%2Fb");
		assertThat(template.expand(Map.of("v", Optional.of(7)))).isEqualTo("/x/7");
		assertThat(template.expand(Map.of("v", OptionalLong.of(7)))).isEqualTo("/x/7");
		assertThat(template.expand(Map.of("v", new char[] { 'a', 'b' }))).isEqualTo("/x/ab");
		assertThat(template.expand(Map.of("v", json.get("id")))).isEqualTo("/x/7");
		assertThat(template.expand(Map.of("v", json.get("all")))).isEqualTo("/x/1,b%20c");
		for (Object none : List.of(Optional.empty(), OptionalLong.empty(), json.get("none"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> template.expand(Map.of("v", none)))
				.withMessageContaining("The variable 'v' of the URI template '/x/{v}' has no value");
		}
	}

	@Test
	@DisplayName("42: a missing or null value is reported by name")
	void missingValueIsReported() {
		UriTemplate template = UriTemplate.parse("http://u:s3cret@h/{id}");
		assertThatIllegalArgumentException().isThrownBy(() -> template.expand(Map.of()))
			.withMessage("The variable 'id' of the URI template 'http://u:***@h/{id}' has no value. "
					+ "Add it to the URI variables.");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|',
			value = { "/a/{}|'{}', which is not a variable", "/a/{ x }|'{ x }', which is not a variable",
					"/a/{x }/{y}|'{x }', which is not a variable", "/a/{+x}|'{+x}', which is not a variable",
					"/a{#x}|'{#x}', which is not a variable", "/a{/x}|'{/x}', which is not a variable",
					"/a{;x}|'{;x}', which is not a variable", "/a{.x}|'{.x}', which is not a variable",
					"/a{?x}|'{?x}', which is not a variable", "/a?b{&x}|'{&x}', which is not a variable",
					"/a/{x*}|'{x*}', which is not a variable", "/a/{x:3}|'{x:3}', which is not a variable",
					"/a/{x,y}|'{x,y}', which is not a variable", "/a/{x:[0-9]+}|'{x:[0-9]+}', which is not a variable",
					"/a/{x:\\d{2}}|'{x:\\\\d{2}', which is not a variable", "/a/{*x}|'{*x}', which is not a variable",
					"/a/{x.}|'{x.}', which is not a variable", "/a/{x..y}|'{x..y}', which is not a variable",
					"/a/{x~}|'{x~}', which is not a variable", "/{{x}}|'{{x}', which is not a variable",
					"/a?b={\"c\":1}|'{\"c\":1}', which is not a variable", "/a/{x|a '{' that is never closed",
					"/a/{x}/{|a '{' that is never closed", "/a/x}|a '}' without a '{' before it",
					"/a/{x}}|a '}' without a '{' before it" })
	@DisplayName("42: a brace that does not belong to a variable is rejected when the template is parsed")
	void unsupportedSyntaxIsRejected(String template, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> UriTemplate.parse(template))
			.withMessage("The URI template '" + template.replace("\\", "\\\\") + "' contains " + problem
					+ ". Write a variable as {name}, without an operator, a pattern or blanks, and a literal brace as"
					+ " %7B or %7D.");
	}

	@Test
	@DisplayName("threat 40: the message about a template hides the password")
	void messageHidesThePassword() {
		assertThatIllegalArgumentException().isThrownBy(() -> UriTemplate.parse("http://u:s3cret@h/{+id}"))
			.withMessageContaining("'http://u:***@h/{+id}'")
			.withMessageNotContaining("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a", "", "/a/%7Bx%7D", "http://h/a?b=$x" })
	@DisplayName("42: a template without braces is literal")
	void templateWithoutBracesIsLiteral(String template) {
		assertThat(UriTemplate.parse(template).expand(Map.of("x", "1"))).isEqualTo(template);
		assertThat(UriTemplate.parse(template).variables()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "item-id", "a.b", "_x", "1", "gr\u00F6\u00DFe", "gro\u0308\u00DFe",
			"\u540D\uD842\uDFB7" })
	@DisplayName("42: names may contain letters of any script")
	void variableNamesMayContainLettersOfAnyScript(String name) {
		assertThat(UriTemplate.parse("/{" + name + "}").expand(Map.of(name, "v"))).isEqualTo("/v");
	}

	@Test
	@DisplayName("threat 33: a value before the path can only be part of a host name")
	void valueBeforeThePathIsRestricted() {
		assertThat(expand("https://{x}.example.com/{x}", "tenant-1"))
			.isEqualTo("https://tenant-1.example.com/tenant-1");
		assertThat(expand("{x}://h/", "https")).isEqualTo("https://h/");
		for (String value : List.of("evil/", "evil#", "evil?", "a@evil", "evil:80", "evil\\", "a~b", "a b", "\u00E9")) {
			assertThatIllegalArgumentException().isThrownBy(() -> expand("https://{x}.example.com/", value))
				.withMessageContaining("before the path")
				.withMessageNotContaining("evil");
		}
		assertThat(expand("/redirect/{x}?to=https://{x}/", "a/b")).isEqualTo("/redirect/a%2Fb?to=https://a%2Fb/");
		assertThat(expand("https://h?a={x}", "b/c")).isEqualTo("https://h?a=b%2Fc");
	}

	@Test
	@DisplayName("42: lists and arrays are joined by commas")
	void listsAndArraysAreJoinedByCommas() {
		assertThat(expand("/{x}", Arrays.asList("a/b", null, 2))).isEqualTo("/a%2Fb,2");
		assertThat(expand("/{x}", new int[] { 1, 2 })).isEqualTo("/1,2");
	}

	@Test
	@DisplayName("42: keys and values of a map are joined by commas")
	void mapsAreJoinedByCommas() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a/b", ";");
		map.put("none", null);
		map.put("c", 2);
		assertThat(expand("/{x}", map)).isEqualTo("/a%2Fb,%3B,c,2");
	}

}
