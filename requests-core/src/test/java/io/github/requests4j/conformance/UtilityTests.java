package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Encodings;
import io.github.requests4j.http.HeaderValues;
import io.github.requests4j.http.LinkHeader;
import io.github.requests4j.http.NoProxy;
import io.github.requests4j.http.StatusCodes;
import io.github.requests4j.http.Urls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The helpers of requests that are open to everybody.
 */
class UtilityTests {

	private static final String ODD = "%!*'();:@&=+$,/?#[] ";

	private static final String ODD_ENCODED = "%25%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D%20";

	@TempDir
	private Path folder;

	private static Body stream(int length) {
		return Body.of(new ByteArrayInputStream(new byte[length]));
	}

	@Test
	@DisplayName("76, 78: the length of text, bytes, files and streams, or that it is not known")
	void lengths() throws IOException {
		assertThat(Body.of("Test").contentLength()).isEqualTo(4);
		assertThat(Body.of(new byte[4]).contentLength()).isEqualTo(4);
		assertThat(stream(4).contentLength()).isEqualTo(4);
		assertThat(stream(0).contentLength()).isLessThanOrEqualTo(0);
		Path file = Files.writeString(this.folder.resolve("test.txt"), "Test");
		assertThat(Body.of(file).contentLength()).isEqualTo(4);
		assertThat(Body.of(List.of("a").iterator()).contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
		assertThat(Body.of(new StringReader("1234ö")).contentLength()).isEqualTo(6);
		ByteArrayInputStream partly = new ByteArrayInputStream(new byte[5]);
		assertThat(partly.skip(2)).isEqualTo(2);
		assertThat(Body.of(partly).contentLength()).isEqualTo(3);
	}

	@ParameterizedTest(name = "247: {0} without quotes")
	@CsvSource(quoteCharacter = '`',
			value = { "Test | Test", "\"Test\" | Test", "\"Test\\\\\" | Test\\", "\"\\\\Comp\\Res\" | \\Comp\\Res" },
			delimiter = '|')
	void unquote(String value, String expected) {
		assertThat(HeaderValues.unquote(value)).isEqualTo(expected);
	}

	@Test
	@DisplayName("247: a UNC path keeps its backslashes")
	void unquoteFilename() {
		assertThat(HeaderValues.unquoteFilename("\"\\\\Comp\\Res\"")).isEqualTo("\\\\Comp\\Res");
	}

	@ParameterizedTest(name = "173, 175: {0} serves {1}: {2}")
	@CsvSource({ "192.168.1.0/24, 192.168.1.1, true", "192.168.1.0/24, 172.16.0.1, false", "8.8.8.8, 8.8.8.8, true",
			"192.168.1.0/a, 192.168.1.1, false", "192.168.1.0/128, 192.168.1.1, false",
			"192.168.1.0/-1, 192.168.1.1, false", "192.168.1.999/24, 192.168.1.1, false",
			"10.0.0.0/8, 10.200.3.4, true", "10.0.0.0/25, 10.0.0.128, false", "10.0.0.0/25, 10.0.0.127, true" })
	void networks(String entry, String address, boolean expected) {
		assertThat(NoProxy.of(entry).matches(address, 80)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "247: an encoding in {0}")
	@ValueSource(strings = { "<meta charset=\"UTF-8\">",
			"<meta http-equiv=\"Content-type\" content=\"text/html;charset=UTF-8\">",
			"<meta http-equiv=\"Content-type\" content=\"text/html;charset=UTF-8\" />",
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>" })
	void encodingInContent(String content) {
		assertThat(Encodings.getEncodingsFromContent(content)).containsExactly("UTF-8");
	}

	@Test
	@DisplayName("247: encodings in the order in which they count")
	void encodingsInContent() {
		assertThat(Encodings.getEncodingsFromContent("")).isEmpty();
		assertThat(Encodings.getEncodingsFromContent("<?xml version=\"1.0\" encoding=\"XML\"?>\n"
				+ "<meta charset=\"HTML5\">\n<meta http-equiv=\"Content-type\" content=\"text/html;charset=HTML4\" />"))
			.containsExactly("HTML5", "HTML4", "XML");
	}

	@ParameterizedTest(name = "217: JSON in {0} is seen as {1}")
	@CsvSource({ "UTF-8, utf-8", "UTF-16BE, utf-16-be", "UTF-16LE, utf-16-le", "UTF-32BE, utf-32-be",
			"UTF-32LE, utf-32-le" })
	void jsonUtf(String charset, String expected) throws IOException {
		assertThat(Encodings.guessJsonUtf("{}".getBytes(charset))).isEqualTo(expected);
		String marked = expected.equals("utf-8") ? "utf-8-sig" : expected.substring(0, 6);
		assertThat(Encodings.guessJsonUtf("\ufeff{}".getBytes(charset))).isEqualTo(marked);
		assertThat(Encodings.guessJsonUtf(new byte[4])).isNull();
	}

	@ParameterizedTest(name = "128, 247: the credentials of {0}")
	@CsvSource({ "http://" + ODD_ENCODED + ":" + ODD_ENCODED + "@request.com/url.html#test, ODD, ODD",
			"http://user:pass@complex.url.com/path?query=yes, user, pass",
			"http://user:pass%20pass@complex.url.com/path?query=yes, user, pass pass",
			"http://user:pass pass@complex.url.com/path?query=yes, user, pass pass",
			"http://user%25user:pass@complex.url.com/path?query=yes, user%user, pass",
			"http://user:pass%23pass@complex.url.com/path?query=yes, user, pass#pass" })
	void credentials(String url, String user, String password) {
		assertThat(Urls.getAuthFromUrl(url))
			.isEqualTo(new BasicCredentials(user.replace("ODD", ODD), password.replace("ODD", ODD)));
	}

	@Test
	@DisplayName("128: a URL without credentials has none")
	void noCredentials() {
		assertThat(Urls.getAuthFromUrl("http://complex.url.com/path?query=yes")).isNull();
	}

	@ParameterizedTest(name = "47: {0} is quoted as {1}")
	@CsvSource({ "http://example.com/fiz?buz=%25ppicture, http://example.com/fiz?buz=%25ppicture",
			"http://example.com/fiz?buz=%ppicture, http://example.com/fiz?buz=%25ppicture" })
	void requoted(String uri, String expected) {
		assertThat(Urls.requoteUri(uri)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "47, 48: {0} is unquoted as {1}")
	@CsvSource({ "http://example.com/?a=%--, http://example.com/?a=%--",
			"http://example.com/?a=%300, http://example.com/?a=00" })
	void unquoted(String uri, String expected) {
		assertThat(Urls.unquoteUnreserved(uri)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "247: {0} without user and fragment is {1}")
	@CsvSource({ "http://u:p@example.com/path?a=1#test, http://example.com/path?a=1",
			"http://example.com/path, http://example.com/path", "//u:p@example.com/path, //example.com/path",
			"//example.com/path, //example.com/path", "example.com/path, //example.com/path",
			"scheme:u:p@example.com/path, scheme://example.com/path" })
	void defragged(String url, String expected) {
		assertThat(Urls.urldefragauth(url)).isEqualTo(expected);
	}

	@Test
	@DisplayName("245: a header as names and values")
	void dictHeader() {
		assertThat(HeaderValues.parseDict("foo=\"is a fish\", bar=\"as well\""))
			.isEqualTo(Map.of("foo", "is a fish", "bar", "as well"));
		Map<String, String> bare = new LinkedHashMap<>();
		bare.put("key_without_value", null);
		assertThat(HeaderValues.parseDict("key_without_value")).isEqualTo(bare);
		assertThat(HeaderValues.parseList("token, \"quoted, value\"")).containsExactly("token", "quoted, value");
	}

	@ParameterizedTest(name = "211: {0} tells {1}")
	@CsvSource(nullValues = "none", delimiter = '|',
			value = { "application/json; charset=utf-8 | utf-8", "application/json ; Charset=utf-8 | utf-8",
					"text/plain | ISO-8859-1", "text/html; charset | ISO-8859-1", "application/xml | none",
					"application/json ; ; | utf-8",
					"multipart/form-data; boundary = something ; charset = 'latin-2' ; no_equals | latin-2",
					"multipart/form-data; boundary = something ; \"charset=latin-2\" | latin-2" })
	void encodingOfHeaders(String type, String expected) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("content-type", type);
		assertThat(Encodings.getEncodingFromHeaders(headers)).isEqualTo(expected);
		assertThat(Encodings.getEncodingFromHeaders(new CaseInsensitiveHeaders())).isNull();
	}

	@Test
	@DisplayName("218: links with and without parameters")
	void linkHeaders() {
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>; rel=front; type=\"image/jpeg\""))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of("rel", "front", "type", "image/jpeg")));
		for (String bare : List.of("<http:/.../front.jpeg>", "<http:/.../front.jpeg>;")) {
			assertThat(LinkHeader.parse(bare)).containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of()));
		}
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>; type=\"image/jpeg\",<http://.../back.jpeg>;"))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of("type", "image/jpeg")),
					new LinkHeader("http://.../back.jpeg", Map.of()));
		assertThat(LinkHeader.parse("")).isEmpty();
	}

	@Test
	@DisplayName("244: codes by name, and what is no name")
	void codes() {
		assertThat(StatusCodes.get("bad_gateway")).isEqualTo(StatusCodes.BAD_GATEWAY).isEqualTo(502);
		assertThat(StatusCodes.get("BAD_GATEWAY")).isEqualTo(502);
		assertThat(StatusCodes.get("not_a_key")).isNull();
		assertThat(StatusCodes.get("not_a_key", 7)).isEqualTo(7);
		assertThat(StatusCodes.get("\\o/")).isEqualTo(200);
		assertThat(StatusCodes.get("✓")).isEqualTo(200);
	}

}
