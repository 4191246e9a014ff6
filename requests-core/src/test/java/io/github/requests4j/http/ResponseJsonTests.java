package io.github.requests4j.http;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ResponseJsonTests {

	@ParameterizedTest
	@CsvSource({ "UTF-8, ''", "UTF-8, \ufeff", "UTF-16LE, ''", "UTF-16LE, \ufeff", "UTF-16BE, ''", "UTF-16BE, \ufeff",
			"UTF-32LE, ''", "UTF-32LE, \ufeff", "UTF-32BE, ''", "UTF-32BE, \ufeff" })
	@DisplayName("214, 217: without a charset, the encoding of JSON is detected")
	void unicodeEncodingOfJsonIsDetected(String charset, String mark) {
		Response response = Bodies.response((mark + "{\"k\": \"é☃\"}").getBytes(Charset.forName(charset)));
		assertThat(response.json().get("k").stringValue()).isEqualTo("é☃");
	}

	@Test
	@DisplayName("214: if detection fails or another charset is declared, JSON is parsed from the text")
	void jsonFallsBackToText() {
		assertThat(Bodies.response(Bodies.latin1("{\"k\": \"é\"}")).json().get("k").stringValue()).isEqualTo("é");
		assertThat(Bodies.response(Bodies.latin1("[\"é\"]"), "application/json; charset=latin-1")
			.json()
			.get(0)
			.stringValue()).isEqualTo("é");
		assertThat(Bodies.response(Bodies.latin1("[\"é\"]"), "application/json").json().get(0).stringValue())
			.isEqualTo("\ufffd");
		assertThat(Bodies.response(Bodies.bytes("[\"é\"]"), "application/json; charset=").json().get(0).stringValue())
			.isEqualTo("é");
		assertThat(
				Bodies.response(Bodies.bytes("[\"é\"]"), "application/json; charset=bogus").json().get(0).stringValue())
			.isEqualTo("é");
		Response utf16 = Bodies.response("[\"é\"]".getBytes(StandardCharsets.UTF_16BE), "application/json");
		assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(utf16::json);
	}

	@Test
	@DisplayName("214: a byte order mark is an error if the charset is declared")
	void byteOrderMarkWithACharsetIsAnError() {
		for (String type : List.of("application/json", "application/json; charset=utf8", "text/plain; charset=utf-8")) {
			Response response = Bodies.response(Bodies.bytes("\ufeff{}"), type);
			assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(response::json)
				.withMessageStartingWith("Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0). ");
			response.encoding("utf-8-sig");
			assertThat(response.json().isObject()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "application/json", "text/plain" })
	@DisplayName("215: everything that Python accepts is accepted")
	void jsonAcceptedByPythonIsAccepted(String type) {
		assertThat(json("NaN", type).doubleValue()).isNaN();
		assertThat(json("[Infinity]", type).get(0).doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(json("[-Infinity]", type).get(0).doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
		assertThat(json("{\"a\":1,\"a\":2}", type).get("a").intValue()).isEqualTo(2);
		assertThat(json("[123456789012345678901234567890]", type).get(0).bigIntegerValue())
			.hasToString("123456789012345678901234567890");
		assertThat(json("[\"\\ud800\"]", type).get(0).stringValue()).isEqualTo("\ud800");
		assertThat(json("[1e400]", type).get(0).doubleValue()).isInfinite();
		assertThat(json(" null \n", type).isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\t\"", "\"a\nb\"", "[1,]", "{\"a\":1,}", "// c\n1", "/* c */1", "# c\n1", "'a'",
			"{'a':1}", "{a:1}", "nul", "[", "{", "\"a", "[1 2]", "1 2", "{} {}", "{}x", "01", "+1", ".5", "1.", "[,1]",
			"\"\\x\"", "True" })
	@DisplayName("215: JSON that Python rejects is rejected")
	void invalidJsonIsRejected(String document) {
		for (String type : List.of("", "application/json", "text/plain")) {
			Response response = Bodies.response(Bodies.bytes(document), type);
			assertThatExceptionOfType(JsonDecodeException.class).as(type)
				.isThrownBy(response::json)
				.satisfies((ex) -> assertThat(ex.getMessage()).startsWith(ex.problem())
					.contains(": line " + ex.line() + " column " + ex.column() + " (char " + ex.position() + "). "));
		}
	}

	@Test
	@DisplayName("215: a document of any depth is parsed or fails with a typed error")
	void deeplyNestedJsonIsATypedError() {
		assertThatExceptionOfType(JsonDecodeException.class)
			.isThrownBy(() -> Bodies.response("[".repeat(100_000)).json())
			.withMessageContaining("nesting depth");
	}

	@Test
	@DisplayName("216: the error has the position but not the document")
	void errorHasThePositionButNotTheDocument() {
		Response response = Bodies.response("{\"é\": 1,\n \"b\": canary}");
		JsonDecodeException error = catchThrowableOfType(JsonDecodeException.class, response::json);
		assertThat(error.getMessage()).doesNotContain("canary");
		assertThat(error.line()).isEqualTo(2);
		assertThat(error.position()).isBetween(14L, 21L);
		assertThat(error.column()).isEqualTo((int) error.position() - 8);
		assertThat(error).isInstanceOf(InvalidJsonException.class).isInstanceOf(RequestException.class);
		assertThat(error.response()).isSameAs(response);
		assertThat(response.text()).contains("canary");
	}

	@ParameterizedTest
	@CsvSource({ "'', 0, 1, 1", "'  ', 2, 1, 3", "' \n ', 3, 2, 2" })
	@DisplayName("216: an empty body is an error that expects a value")
	void emptyBodyIsAnError(String body, int position, int line, int column) {
		for (String type : List.of("", "application/json", "text/plain")) {
			assertThatExceptionOfType(JsonDecodeException.class)
				.isThrownBy(() -> Bodies.response(Bodies.bytes(body), type).json())
				.withMessageStartingWith(
						"Expecting value: line " + line + " column " + column + " (char " + position + "). ");
		}
		assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(() -> Response.builder(204).build().json())
			.withMessage("Expecting value: line 1 column 1 (char 0). The body of a response without a URL is not valid "
					+ "JSON (status 204, no Content-Type). Check text(), and call raiseForStatus() before json().");
	}

	@Test
	@DisplayName("216: data after the value is an error")
	void extraDataIsAnError() {
		JsonDecodeException error = catchThrowableOfType(JsonDecodeException.class,
				() -> Bodies.response("{\"é\":1}\n []").json());
		assertThat(error).hasMessageStartingWith("Extra data: line 2 column 2 (char 9). ");
	}

	@Test
	@DisplayName("217: the encoding of JSON is guessed from its first bytes")
	void encodingOfJsonIsGuessedFromItsFirstBytes() {
		assertThat(Encodings.guessJsonUtf(Bodies.bytes("{}"))).isEqualTo("utf-8");
		assertThat(Encodings.guessJsonUtf(new byte[0])).isEqualTo("utf-8");
		assertThat(guess(0xef, 0xbb, 0xbf, 'a')).isEqualTo("utf-8-sig");
		assertThat(guess(0xff, 0xfe, 'a', 0)).isEqualTo("utf-16");
		assertThat(guess(0xfe, 0xff, 0, 'a')).isEqualTo("utf-16");
		assertThat(guess(0xff, 0xfe, 0, 0)).isEqualTo("utf-32");
		assertThat(guess(0, 0, 0xfe, 0xff)).isEqualTo("utf-32");
		assertThat(guess('a', 0, 'b', 0)).isEqualTo("utf-16-le");
		assertThat(guess(0, 'a', 0, 'b')).isEqualTo("utf-16-be");
		assertThat(guess('a', 0, 0, 0)).isEqualTo("utf-32-le");
		assertThat(guess(0, 0, 0, 'a')).isEqualTo("utf-32-be");
		assertThat(guess(0, 0, 0, 0)).isNull();
		assertThat(guess(0, 0, 'a', 'b')).isNull();
		assertThat(guess(0, 'a', 'b', 'c')).isNull();
		assertThat(guess(0xff, 0xfe)).isEqualTo("utf-16");
	}

	@Test
	@DisplayName("215: JSON binds to classes and generic types")
	void jsonBindsToClassesAndGenericTypes() {
		assertThat(Bodies.response("{\"name\":\"tea\",\"count\":2}").json(Item.class)).isEqualTo(new Item("tea", 2));
		List<Item> items = Bodies.response("[{\"name\":\"tea\",\"count\":2}]").json(new TypeReference<List<Item>>() {
		});
		assertThat(items).containsExactly(new Item("tea", 2));
		Map<String, Integer> map = Bodies.response("{\"a\":1}").json(new TypeReference<Map<String, Integer>>() {
		});
		assertThat(map).containsEntry("a", 1);
		assertThat(Bodies.response("null").json(Item.class)).isNull();
		assertThat(Bodies.response("\"x\"").json(String.class)).isEqualTo("x");
	}

	@Test
	@DisplayName("216: JSON of another type is an InvalidJsonException that names the type and the position")
	void jsonOfAnotherTypeIsReported() {
		Response response = Bodies.response("[{\"name\":\"tea\",\"count\":\"canary\"}]");
		InvalidJsonException error = catchThrowableOfType(InvalidJsonException.class,
				() -> response.json(new TypeReference<List<Item>>() {
				}));
		assertThat(error).isNotInstanceOf(JsonDecodeException.class)
			.hasMessageContaining("The JSON of http://h/p cannot be converted to java.util.List<")
			.hasMessageContaining("[\"count\"]");
		assertThat(error.getMessage()).doesNotContain("canary");
		assertThat(error.response()).isSameAs(response);
		assertThatExceptionOfType(InvalidJsonException.class)
			.isThrownBy(() -> Bodies.response("99999999999").json(Integer.class))
			.isNotInstanceOf(JsonDecodeException.class);
	}

	@Test
	@DisplayName("215 (difference): the session's mapper is used with its own settings")
	void mapperOfTheSessionIsUsed() {
		Response response = Bodies.response("{\"item_name\": 'tea', } 1");
		response.jsonMapper(JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_TRAILING_COMMA)
			.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build());
		assertThat(response.json(Named.class)).isEqualTo(new Named("tea"));
		Response strict = Bodies.response("NaN");
		strict.jsonMapper(JsonMapper.shared());
		assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(strict::json);
	}

	@Test
	@DisplayName("Jackson is loaded only when JSON is needed")
	void jacksonIsLoadedOnlyForJson() throws Exception {
		List<String> loaded = new ArrayList<>();
		try (URLClassLoader loader = new OwnClasses(loaded)) {
			Constructor<?> reading = loader.loadClass(Reading.class.getName()).getDeclaredConstructor();
			reading.setAccessible(true);
			assertThat(((Callable<?>) reading.newInstance()).call()).isEqualTo("é");
			assertThat(loaded)
				.filteredOn((name) -> name.startsWith("tools.jackson.") || name.startsWith("com.ibm.icu."))
				.isEmpty();
			assertThat(loaded).anyMatch((name) -> name.startsWith("org.slf4j."));
		}
	}

	private static JsonNode json(String document, String type) {
		return Bodies.response(Bodies.bytes(document), type).json();
	}

	private static String guess(int... bytes) {
		byte[] array = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			array[i] = (byte) bytes[i];
		}
		return Encodings.guessJsonUtf(array);
	}

	record Item(String name, int count) {
	}

	record Named(String itemName) {
	}

	/** What a program without JSON does. */
	static final class Reading implements Callable<String> {

		@Override
		public String call() {
			try (Response response = Bodies.response("é").raiseForStatus()) {
				Bodies.list(Bodies.response("a").iterLines());
				return response.text();
			}
		}

	}

	/** Loads this library's classes again, and records which other classes they need. */
	private static final class OwnClasses extends URLClassLoader {

		private final List<String> loaded;

		OwnClasses(List<String> loaded) throws IOException {
			super(new URL[] { Response.class.getProtectionDomain().getCodeSource().getLocation(),
					Reading.class.getProtectionDomain().getCodeSource().getLocation() },
					Response.class.getClassLoader());
			this.loaded = loaded;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				this.loaded.add(name);
				if (!name.startsWith("io.github.requests4j.")) {
					return super.loadClass(name, resolve);
				}
				Class<?> own = findLoadedClass(name);
				return (own != null) ? own : findClass(name);
			}
		}

	}

}
