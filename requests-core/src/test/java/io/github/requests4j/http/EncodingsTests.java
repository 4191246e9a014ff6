package io.github.requests4j.http;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class EncodingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "<meta charset=\"UTF-8\">", "<META CHARSET=UTF-8>", "<meta charset='UTF-8'/>",
			"<meta http-equiv=\"Content-type\" content=\"text/html;charset=UTF-8\">",
			"<meta http-equiv=\"Content-type\" content=\"text/html;charset=UTF-8\" />",
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml encoding=UTF-8>" })
	@DisplayName("247: the declared encoding of a document is found")
	void declaredEncodingIsFound(String content) {
		assertThat(Encodings.getEncodingsFromContent(content)).containsExactly("UTF-8");
	}

	@Test
	@DisplayName("247: meta elements come before the XML declaration")
	void metaElementsComeBeforeTheXmlDeclaration() {
		assertThat(Encodings.getEncodingsFromContent("<?xml version=\"1.0\" encoding=\"XML\"?><meta charset=\"HTML5\">"
				+ "<meta http-equiv=\"Content-type\" content=\"text/html;charset=HTML4\" />"))
			.containsExactly("HTML5", "HTML4", "XML");
		assertThat(Encodings.getEncodingsFromContent("<meta content=;charset=A'><meta content=\"charset=B\">"))
			.containsExactly("A", "B", "A", "B");
		assertThat(Encodings.getEncodingsFromContent("<meta\ncharset=a><meta charset=b> <?xml encoding='c'>"))
			.containsExactly("b");
		assertThat(Encodings.getEncodingsFromContent("charset=a <meta charset=")).isEmpty();
		assertThat(Encodings.getEncodingsFromContent("")).isEmpty();
	}

	@Test
	@DisplayName("247, threat 45: hostile documents are parsed in linear time")
	void hostileDocumentsAreParsedInLinearTime() {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			for (String part : List.of("<meta ", "<meta charset=", "<meta content=", "charset=",
					"<meta content=charset=", "<meta\n")) {
				assertThat(Encodings.getEncodingsFromContent("<meta" + part.repeat(1_000_000 / part.length())))
					.isEmpty();
			}
		});
	}

	@Test
	@DisplayName("211: the encoding is taken from the headers")
	void encodingIsTakenFromTheHeaders() {
		assertThat(Encodings.getEncodingFromHeaders(Bodies.headers("content-type", "text/html; charset=x")))
			.isEqualTo("x");
		assertThat(Encodings.getEncodingFromHeaders(Bodies.headers())).isNull();
		assertThat(Encodings.getEncodingFromHeaders(Bodies.headers("Content-Type", ""))).isNull();
	}

	@ParameterizedTest(name = "211: {0} has the charset {1}")
	@CsvSource(nullValues = "none", delimiter = '|',
			value = { "application/json; charset=utf-8 | utf-8", "application/json ; Charset=utf-8 | utf-8",
					"text/plain | ISO-8859-1", "text/html; charset | ISO-8859-1", "application/xml | none",
					"application/json ; ; | utf-8",
					"multipart/form-data; boundary = something ; charset = 'latin-2' ; no_equals | latin-2",
					"multipart/form-data; boundary = something ; \"charset=latin-2\" | latin-2" })
	void charsetOfContentTypeIsParsed(String type, @Nullable String expected) {
		assertThat(Encodings.getEncodingFromHeaders(Bodies.headers("content-type", type))).isEqualTo(expected);
	}

	@Test
	@DisplayName("212: text is decoded by the headers alone")
	void textIsDecodedByTheHeadersAlone() {
		assertThat(Encodings.getUnicodeFromResponse(Bodies.response(Bodies.latin1("é"), "text/plain"))).isEqualTo("é");
		assertThat(Encodings.getUnicodeFromResponse(Bodies.response(Bodies.latin1("é"), "text/plain; charset=utf-8")))
			.isEqualTo("\ufffd");
		assertThat(Encodings.getUnicodeFromResponse(Bodies.response("é"))).isEqualTo("é");
		assertThat(Encodings.getUnicodeFromResponse(Bodies.response(Bodies.bytes("é"), "text/plain; charset=bogus")))
			.isEqualTo("é");
	}

}
