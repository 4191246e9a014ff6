package io.github.requests4j.http;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * JSON as a body.
 */
class JsonBodyTests {

	record Order(String itemName, int count) {
	}

	static final class Failing {

		public String getName() {
			throw new IllegalStateException("no name");
		}

	}

	private static PreparedRequest post(Object json) {
		return Request.of("POST", "http://h", (o) -> o.json(json)).prepare();
	}

	private static String text(PreparedRequest request) {
		return WireText.plain(request.body());
	}

	@Test
	@DisplayName("85: null means no JSON; every other empty value is sent")
	void emptyValuesOtherThanNullAreSent() {
		assertThat(post(null).body()).isNull();
		assertThat(text(post(Map.of()))).isEqualTo("{}");
		assertThat(text(post(List.of()))).isEqualTo("[]");
		assertThat(text(post(0))).isEqualTo("0");
		assertThat(text(post(false))).isEqualTo("false");
		assertThat(text(post(""))).isEqualTo("\"\"");
	}

	@Test
	@DisplayName("85: JSON is used only if there is no data")
	void jsonIsUsedOnlyWithoutData() {
		PreparedRequest prepared = Request.of("POST", "http://h", (o) -> o.json(1).data("x")).prepare();
		assertThat(text(prepared)).isEqualTo("x");
		assertThat(prepared.headers()).doesNotContainKey("Content-Type");
		assertThat(text(Request.of("POST", "http://h", (o) -> o.json(1).data("")).prepare())).isEqualTo("1");
		assertThat(text(Request.of("POST", "http://h", (o) -> o.json(1).data(Map.of())).prepare())).isEqualTo("1");
	}

	@Test
	@DisplayName("86: the message about a value that contains itself is short")
	void cycleIsReportedBriefly() {
		Map<String, Object> order = new HashMap<>();
		order.put("customer", Map.of("orders", List.of(order)));
		assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> post(order))
			.satisfies((error) -> assertThat(error.getMessage())
				.startsWith("A value of type java.util.HashMap cannot be written as JSON: ")
				.endsWith("...). Check whether the value contains itself.")
				.contains("HashMap[\"customer\"]")
				.hasSizeLessThan(500));
	}

	@Test
	@DisplayName("86: Jackson writes JSON in UTF-8 with the session's mapper")
	void sessionMapperWritesJson() {
		assertThat(post(new Order("é", 2)).body().bytes()).asString().isEqualTo("{\"itemName\":\"é\",\"count\":2}");
		PreparedRequest prepared = new PreparedRequest();
		prepared.jsonMapper(JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
		prepared.prepare(Request.of("POST", "http://h", (o) -> o.json(new Order("tea", 2))));
		assertThat(text(prepared)).isEqualTo("{\"item_name\":\"tea\",\"count\":2}");
		prepared.prepareBody(null, List.of(), new Order("tea", 3));
		assertThat(text(prepared)).isEqualTo("{\"item_name\":\"tea\",\"count\":3}");
	}

	@Test
	@DisplayName("86: long numbers and long texts are exact")
	void longNumbersAndTextsAreExact() {
		assertThat(text(post(new BigDecimal("100000000000000000000.10")))).isEqualTo("100000000000000000000.10");
		String longText = "a".repeat(100_000);
		PreparedRequest prepared = post(List.of(longText));
		assertThat(text(prepared)).isEqualTo("[\"" + longText + "\"]");
		assertThat(prepared.headers()).containsEntry("Content-Length", "100004");
	}

	@Test
	@DisplayName("87: the Content-Type has no charset, and the caller's takes precedence")
	void contentTypeHasNoCharset() {
		assertThat(post(1).headers()).containsExactly(entry("Content-Length", "1"),
				entry("Content-Type", "application/json"));
		assertThat(Request.of("POST", "http://h", (o) -> o.header("content-type", "application/vnd.x").json(1))
			.prepare()
			.headers()).containsExactly(entry("content-type", "application/vnd.x"), entry("Content-Length", "1"));
	}

	static List<Object> nonFiniteNumbers() {
		JsonNode node = DoubleNode.valueOf(Double.NaN);
		return List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, List.of(1.0, Double.NaN),
				Map.of("a", Map.of("b", Float.NaN)), new double[] { 1, Double.NaN }, new float[] { Float.NaN }, node,
				Arrays.asList(node));
	}

	@ParameterizedTest
	@MethodSource("nonFiniteNumbers")
	@DisplayName("88: NaN and the infinities are rejected at any depth, with the request")
	void nonFiniteNumbersAreRejected(Object value) {
		assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> post(value))
			.withMessageStartingWith("Out of range float values are not JSON compliant")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("88: a value that cannot be serialised is reported with the reason and the request")
	void unserialisableValueIsReported() {
		assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> post(new Failing()))
			.withMessageContaining(Failing.class.getName())
			.withMessageContaining("no name")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
		PreparedRequest prepared = new PreparedRequest();
		assertThatExceptionOfType(InvalidJsonException.class)
			.isThrownBy(() -> prepared.prepareBody(null, List.of(), new Failing()))
			.satisfies((ex) -> assertThat(ex.request()).isSameAs(prepared));
	}

	@Test
	@DisplayName("89: JSON is ignored if there are files")
	void jsonIsIgnoredWithFiles() throws Exception {
		PreparedRequest prepared = Request
			.of("POST", "http://h", (o) -> o.json(new Failing()).files(FilePart.of("f", "x")))
			.prepare();
		assertThat(prepared.headers().get("Content-Type")).startsWith("multipart/form-data");
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		prepared.body().writeTo(sent);
		assertThat(sent.toString()).contains("name=\"f\"").doesNotContain("no name");
	}

}
