package io.github.requests4j.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Bodies.Chunks;
import io.github.requests4j.internal.text.TextCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ResponseTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "text/plain|ISO-8859-1", "TEXT/PLAIN|ISO-8859-1", "text|ISO-8859-1", "Application/Json|utf-8",
					"application/json|utf-8", "application/json;v=1|utf-8", "application/jsonp|",
					"application/context|", "image/text|", "text/html; Charset=\"UTF-8\"|UTF-8",
					"text/html; a=\"x;charset=no\"; charset=yes|yes", "text/html; a=\"x;charset=yes|yes",
					"text/html;charset=utf-8;|utf-8", "text/html ;charset= 'latin-1' |latin-1",
					"text/html;charset=\"\\u\\t\\f-8\"|utf-8", "text/html;a=\"\\\";charset=no\";charset=yes|yes",
					"text/html;charset=\"yes\"no|yes", "text/html;charset=\"yes\\\";a=b|yes\\",
					"text/html;a=b\"c;charset=yes;d=e\"|yes", "text/html;charset=\" yes \"|yes",
					"text/html;charset=\"|''", "text/html;charset|ISO-8859-1", "text/html;=x;charset=yes|yes" })
	@DisplayName("211 (difference): the media type decides the encoding, in any case")
	void encodingFollowsTheMediaType(String contentType, String encoding) {
		assertThat(Bodies.response(new byte[0], contentType).encoding()).isEqualTo(encoding);
	}

	@Test
	@DisplayName("211, threat 45: a hostile Content-Type is parsed in linear time")
	void hostileContentTypeIsParsedInLinearTime() {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			for (String hostile : List.of("\";".repeat(300_000), ";".repeat(600_000), "a\"" + ";=".repeat(300_000),
					"a=\"" + "\\".repeat(600_000), "a=\";".repeat(150_000))) {
				assertThat(ContentType.parse(hostile).charset()).isNull();
			}
		});
	}

	@Test
	@DisplayName("212: setting the encoding changes the text immediately")
	void settingTheEncodingChangesTheText() {
		Response response = Bodies.response(Bodies.bytes("é"), "text/html; charset=utf-8");
		assertThat(response.text()).isEqualTo("é").isSameAs(response.text());
		response.encoding("latin-1");
		assertThat(response.text()).isEqualTo("Ã©");
		response.encoding(null);
		assertThat(response.encoding()).isNull();
		assertThat(response.text()).isEqualTo("é");
		response.encoding("bogus");
		assertThat(response.text()).isEqualTo("é");
		response.encoding("");
		assertThat(response.text()).isEqualTo("é");
	}

	@ParameterizedTest
	@CsvSource({ "utf8, UTF-8", "UTF_8, UTF-8", "U8, UTF-8", "cp65001, UTF-8", "latin-1, ISO-8859-1",
			"Latin1, ISO-8859-1", "l1, ISO-8859-1", "iso8859_15, ISO-8859-15", "cp1252, windows-1252",
			"1252, windows-1252", "windows_1251, windows-1251", "koi8_r, KOI8-R", "sjis, Shift_JIS",
			"cp932, windows-31j", "gb2312, GB2312", "936, GBK", "big5, Big5", "euc_jp, EUC-JP", "ujis, EUC-JP",
			"euckr, EUC-KR", "uhc, x-windows-949", "ascii, US-ASCII", "646, US-ASCII", "utf-16-le, UTF-16LE",
			"utf_16_be, UTF-16BE", "utf_32, UTF-32", "macintosh, x-MacRoman", "tis-620, TIS-620" })
	@DisplayName("212: Python's names of encodings are supported")
	void pythonEncodingNamesAreSupported(String name, String charset) {
		TextCodec codec = TextCodec.named(name);
		assertThat(codec).isNotNull();
		assertThat(codec.charset()).isEqualTo(Charset.forName(charset));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bogus", "", "utf-9", "hex", "rot13", "a b", "\u0000", "x;y", "é" })
	@DisplayName("212: unknown names return null")
	void unknownEncodingNameIsNull(String name) {
		assertThat(TextCodec.named(name)).isNull();
	}

	@Test
	@DisplayName("212: UTF-16 follows its byte order mark and is little-endian without one")
	void utf16FollowsItsByteOrderMark() {
		assertThat(decoded("aé".getBytes(StandardCharsets.UTF_16LE), "utf-16")).isEqualTo("aé");
		assertThat(decoded("\ufeffaé".getBytes(StandardCharsets.UTF_16LE), "utf-16")).isEqualTo("aé");
		assertThat(decoded("\ufeffaé".getBytes(StandardCharsets.UTF_16BE), "utf-16")).isEqualTo("aé");
		assertThat(decoded("\ufeffa".getBytes(StandardCharsets.UTF_16LE), "utf-16-le")).isEqualTo("\ufeffa");
		assertThat(decoded(Bodies.bytes("\ufeffa"), "utf-8-sig")).isEqualTo("a");
		assertThat(decoded(Bodies.bytes("\ufeffa"), "utf-8")).isEqualTo("\ufeffa");
	}

	@Test
	@DisplayName("213: the encoding is detected from the content")
	void encodingIsDetectedFromTheContent() {
		assertThat(Bodies.response("abc").apparentEncoding()).isEqualTo("ascii");
		assertThat(Bodies.response("").apparentEncoding()).isNull();
		assertThat(Bodies.response("é").apparentEncoding()).isEqualTo("utf-8");
		assertThat(Bodies.response("\ufeffé").apparentEncoding()).isEqualTo("utf-8-sig");
		assertThat(Bodies.response("\ufeffé").text()).isEqualTo("é");
		String russian = "Привет, как дела? Это текст на русском языке, и довольно длинный.";
		assertThat(Bodies.response(russian.getBytes(Charset.forName("windows-1251"))).text()).isEqualTo(russian);
		assertThat(Bodies.response(russian.getBytes(Charset.forName("KOI8-R"))).text()).isEqualTo(russian);
		String japanese = "こんにちは、世界。これは日本語の文章です。";
		assertThat(Bodies.response(japanese.getBytes(Charset.forName("Shift_JIS"))).text()).isEqualTo(japanese);
		assertThat(Bodies.response(japanese.getBytes(Charset.forName("EUC-JP"))).text()).isEqualTo(japanese);
		assertThat(Bodies.response(japanese.getBytes(Charset.forName("ISO-2022-JP"))).text()).isEqualTo(japanese);
		String chinese = "你好，世界。这是一个中文句子。";
		assertThat(Bodies.response(chinese.getBytes(Charset.forName("GB18030"))).text()).isEqualTo(chinese);
		assertThat(Bodies.response(Bodies.latin1("Grüße")).text()).isEqualTo("Grüße");
		assertThat(Bodies.response("“é”".getBytes(Charset.forName("windows-1252"))).text()).isEqualTo("“é”");
		for (String wide : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
			assertThat(Bodies.response("hello wörld".getBytes(Charset.forName(wide))).text()).isEqualTo("hello wörld");
		}
	}

	@Test
	@DisplayName("213: an encoding is detected for any bytes")
	void anyBytesHaveAnEncoding() {
		Random random = new Random(5);
		for (int i = 0; i < 200; i++) {
			byte[] bytes = new byte[1 + random.nextInt(60)];
			random.nextBytes(bytes);
			Response response = Bodies.response(bytes);
			assertThat(response.apparentEncoding()).isNotNull();
			assertThat(response.text()).isNotNull();
		}
	}

	@Test
	@DisplayName("222: characters that are cut between pieces are complete; malformed ones become U+FFFD")
	void charactersCutBetweenPiecesAreComplete() {
		Response response = Bodies.response(Bodies.bytes("aé☃😀"), "text/html; charset=utf-8");
		assertThat(Bodies.list(response.iterText(1))).containsExactly("a", "é", "☃", "😀");
		assertThat(Bodies.list(Bodies.response(Bodies.latin1("a\u00ffb\u00c3"), "text/x; charset=utf-8").iterText(1)))
			.containsExactly("a", "\ufffd", "b", "\ufffd");
		assertThat(Bodies.list(Bodies.response(Bodies.bytes("\ufeffaé"), "text/x; charset=utf-8-sig").iterText(1)))
			.containsExactly("a", "é");
		assertThat(Bodies
			.list(Bodies.response("\ufeffé".getBytes(StandardCharsets.UTF_16BE), "text/x; charset=utf-16").iterText(1)))
			.containsExactly("é");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "utf-8", "utf-16", "utf-16-be", "utf-32", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030" })
	@DisplayName("222: pieces of any size decode to the same text")
	void piecesOfAnySizeDecodeToTheSameText(String encoding) {
		String text = "これは日本語 abc テスト".repeat(20);
		TextCodec codec = TextCodec.named(encoding);
		byte[] bytes = text.getBytes(codec.charset().canEncode() ? codec.charset() : StandardCharsets.UTF_8);
		for (int size = 1; size < 40; size++) {
			Response response = Bodies.response(bytes, "text/x; charset=" + encoding);
			assertThat(String.join("", Bodies.list(response.iterText(size)))).isEqualTo(text);
		}
	}

	@Test
	@DisplayName("222: an unknown encoding is an error immediately, and another can be set")
	void unknownEncodingIsAnImmediateError() {
		Response response = Bodies.response(Bodies.bytes("é"), "text/html; charset=bogus");
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(() -> response.iterText(1))
			.withMessageStartingWith("unknown encoding: bogus. The Content-Type of ")
			.withMessageEndingWith(" names it. Set another encoding with encoding(name) before reading text.");
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(response::lines);
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(response::iterTextLines);
		response.encoding("utf-8");
		assertThat(Bodies.list(response.iterText())).containsExactly("é");
	}

	@Test
	@DisplayName("222 (difference): text without a declared encoding is UTF-8, or detected if the content is in memory")
	void textWithoutEncodingIsUtf8OrDetected() {
		assertThat(Bodies.list(Bodies.response("é").iterText())).containsExactly("é");
		Response kept = Bodies.response(Bodies.latin1("Grüße"));
		kept.content();
		assertThat(Bodies.list(kept.iterText())).containsExactly("Grüße");
		assertThat(kept.lines()).containsExactly("Grüße");
		Response empty = Bodies.response(Bodies.bytes("é"), "text/html; charset=");
		assertThat(Bodies.list(empty.iterText())).containsExactly("é");
	}

	@Test
	@DisplayName("223 (difference): \\r\\n is one line break, wherever the data was cut")
	void crLfIsOneLineBreak() {
		String text = "a\r\n\r\nb\rc\n\rd\r\n";
		for (int size = 1; size <= text.length(); size++) {
			assertThat(Bodies.texts(Bodies.response(text).iterLines(size))).containsExactly("a", "", "b", "c", "", "d");
			assertThat(Bodies.list(Bodies.response(text).iterTextLines(size))).containsExactly("a", "", "b", "c", "",
					"d");
		}
		assertThat(Bodies.texts(Bodies.chunked("a\r", "\nb").iterLines())).containsExactly("a", "b");
	}

	@Test
	@DisplayName("223: bytes are split at ASCII line breaks, text at Unicode ones, lines() as in Java")
	void eachIteratorHasItsOwnLineBreaks() {
		String text = "a\u000bb\u000cc\u001cd\u001de\u001ef\u0085g\u2028h\u2029i";
		assertThat(Bodies.texts(Bodies.response(text).iterLines())).hasSize(1);
		assertThat(Bodies.list(Bodies.response(text).iterTextLines())).containsExactly("a", "b", "c", "d", "e", "f",
				"g", "h", "i");
		assertThat(Bodies.response(text).lines()).containsExactly(text);
		assertThat(Bodies.response("a\r\nb\rc\n").lines()).containsExactly("a", "b", "c");
	}

	@Test
	@DisplayName("223: lines are returned as they arrive")
	void linesAreReturnedAsTheyArrive() {
		Chunks raw = new Chunks("one\ntwo\nth", "ree\n");
		Iterator<String> lines = Bodies.response(raw).lines().iterator();
		assertThat(lines.next()).isEqualTo("one");
		assertThat(lines.next()).isEqualTo("two");
		assertThat(raw.reads).isEqualTo(1);
		assertThat(lines.next()).isEqualTo("three");
		assertThat(lines.hasNext()).isFalse();
		Chunks bytes = new Chunks("one\ntwo\n", "three");
		Bodies.response(bytes).iterLines().next();
		assertThat(bytes.reads).isEqualTo(1);
	}

	@Test
	@DisplayName("223: a delimiter may be text or bytes and may span pieces")
	void delimiterMaySpanPieces() {
		assertThat(Bodies.texts(Bodies.response("a||b||").iterLines(512, Bodies.bytes("||")))).containsExactly("a", "b",
				"");
		assertThat(Bodies.texts(Bodies.response("a||b|c").iterLines(2, Bodies.bytes("||")))).containsExactly("a",
				"b|c");
		assertThat(Bodies.list(Bodies.response("a☃b☃c").iterTextLines(1, "☃"))).containsExactly("a", "", "b", "", "c");
		assertThat(Bodies.list(Bodies.response("a☃b☃c").iterTextLines(512, "☃"))).containsExactly("a", "b", "c");
		assertThat(Bodies.texts(Bodies.response("a\nb").iterLines(512, new byte[0]))).containsExactly("a", "b");
		assertThat(Bodies.list(Bodies.response("a\nb").iterTextLines(512, ""))).containsExactly("a", "b");
		assertThat(Bodies.texts(Bodies.response("").iterLines(512, Bodies.bytes("|")))).isEmpty();
	}

	@Test
	@DisplayName("223, threat 45: a line of any length is read in linear time")
	void longLineIsReadInLinearTime() {
		byte[] line = Bodies.bytes("x".repeat(4_000_000));
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			assertThat(Bodies.response(line).lines().toList()).hasSize(1);
			assertThat(Bodies.list(Bodies.response(line).iterLines(64))).hasSize(1);
			assertThat(Bodies.list(Bodies.response(line).iterLines(64, Bodies.bytes("xy")))).hasSize(1);
		});
	}

	@Test
	@DisplayName("224: iterating over the response returns pieces of 128 bytes")
	void iteratingTheResponseReturnsPiecesOf128Bytes() {
		List<Integer> lengths = new ArrayList<>();
		for (byte[] piece : Bodies.response(new byte[300])) {
			lengths.add(piece.length);
		}
		assertThat(lengths).containsExactly(128, 128, 44);
	}

	private static String decoded(byte[] bytes, String encoding) {
		Response response = Bodies.response(bytes);
		response.encoding(encoding);
		return response.text();
	}

}
