package io.github.requests4j.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;

import com.ibm.icu.text.CharsetDetector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Real texts in many languages and encodings, with the answers of ICU and of chardet 7.6,
 * which requests uses.
 */
class EncodingDetectorTests {

	private static final Properties TEXTS = texts();

	@ParameterizedTest
	@CsvSource(textBlock = """
			# text, encoding, detected here, by ICU, by chardet
			fr, UTF-8, utf-8, UTF-8, utf-8
			ru, UTF-16LE, utf-16-le, ISO-8859-1, utf-16-le
			ru, UTF-16BE, utf-16-be, ISO-8859-1, utf-16-be
			de, UTF-16LE, utf-16-le, UTF-16LE, utf-16-le
			ru, UTF-32LE, utf-32-le, UTF-32LE, utf-32-le
			ru, UTF-32BE, utf-32-be, UTF-32BE, utf-32-be
			ru, windows-1251, windows-1251, windows-1251, Windows-1251
			ru, KOI8-R, KOI8-R, KOI8-R, KOI8-R
			ru, ISO-8859-5, ISO-8859-5, ISO-8859-5, ISO-8859-5
			ru, IBM866, IBM866, windows-1252, IBM866
			ru, IBM855, IBM855, UTF-16LE, IBM855
			ru, x-MacCyrillic, MacCyrillic, windows-1251, MacCyrillic
			bg, windows-1251, windows-1251, windows-1251, Windows-1251
			bg, ISO-8859-5, ISO-8859-5, ISO-8859-5, ISO-8859-5
			el, ISO-8859-7, ISO-8859-7, ISO-8859-7, ISO-8859-7
			he, windows-1255, windows-1255, ISO-8859-8-I, ISO-8859-8
			he, ISO-8859-8, windows-1255, ISO-8859-8-I, ISO-8859-8
			th, TIS-620, TIS-620, Big5, CP874
			ja, Shift_JIS, Shift_JIS, Shift_JIS, CP932
			ja, EUC-JP, EUC-JP, EUC-JP, EUC-JP
			ja, ISO-2022-JP, ISO-2022-JP, ISO-2022-JP, ISO-2022-JP
			zh-hans, GB18030, GB18030, GB18030, GB18030
			zh-hans, GBK, GB18030, GB18030, GB18030
			zh-hant, Big5, Big5, Big5, Big5
			zh-hant, x-EUC-TW, EUC-TW, GB18030, GB18030
			ko, EUC-KR, EUC-KR, EUC-KR, CP949
			ko, ISO-2022-KR, ISO-2022-KR, ISO-2022-KR, ISO-2022-KR
			de, ISO-8859-1, ISO-8859-1, ISO-8859-1, Windows-1252
			fr, ISO-8859-1, ISO-8859-1, ISO-8859-1, Windows-1252
			fr, ISO-8859-15, ISO-8859-1, ISO-8859-1, Windows-1252
			quoted, windows-1252, windows-1252, windows-1252, Windows-1252
			""")
	@DisplayName("213: text is decoded with the detected encoding")
	void textIsDecodedWithTheDetectedEncoding(String text, String encoding, String detected, String byIcu,
			String byChardet) {
		byte[] bytes = bytes(text, encoding);
		assertThat(EncodingDetector.detect(bytes)).isEqualTo(detected);
		assertThat(new CharsetDetector().setText(bytes).detect().getName()).isEqualTo(byIcu);
		assertThat(Objects.requireNonNull(TextCodec.named(detected)).decode(bytes)).isEqualTo(TEXTS.get(text));
	}

	// juniversalchardet has no statistics for these languages in these encodings.
	@ParameterizedTest
	@CsvSource(textBlock = """
			ar, windows-1256, MacCyrillic, windows-1256, Windows-1256
			ar, ISO-8859-6, MacCyrillic, ISO-8859-6, ISO-8859-6
			tr, ISO-8859-9, ISO-8859-1, ISO-8859-9, Windows-1254
			tr, windows-1254, ISO-8859-1, ISO-8859-9, Windows-1254
			pl, ISO-8859-2, ISO-8859-1, ISO-8859-2, ISO-8859-2
			pl, windows-1250, windows-1252, windows-1250, Windows-1250
			cs, ISO-8859-2, ISO-8859-1, ISO-8859-2, ISO-8859-2
			cs, windows-1250, windows-1252, windows-1250, Windows-1250
			el, windows-1253, ISO-8859-7, ISO-8859-7, ISO-8859-7
			""")
	@DisplayName("213: known differences match docs/differences.md")
	void knownDifferencesFromIcuAndChardet(String text, String encoding, String detected, String byIcu,
			String byChardet) {
		byte[] bytes = bytes(text, encoding);
		assertThat(EncodingDetector.detect(bytes)).isEqualTo(detected);
		assertThat(new CharsetDetector().setText(bytes).detect().getName()).isEqualTo(byIcu);
	}

	@Test
	void shortTextIsEnough() {
		for (String encoding : new String[] { "windows-1251", "KOI8-R", "ISO-8859-5" }) {
			byte[] bytes = Arrays.copyOf(bytes("ru", encoding), 40);
			assertThat(EncodingDetector.detect(bytes)).isEqualTo(encoding);
		}
	}

	@Test
	void textMayFollowMuchMarkup() {
		byte[] text = bytes("ja", "EUC-JP");
		byte[] bytes = Arrays.copyOf("<p class=x>".repeat(20_000).getBytes(StandardCharsets.US_ASCII),
				220_000 + text.length);
		System.arraycopy(text, 0, bytes, 220_000, text.length);
		assertThat(EncodingDetector.detect(bytes)).isEqualTo("EUC-JP");
	}

	@Test
	void terminalEscapeSequencesAreAscii() {
		assertThat(EncodingDetector.detect("\u001b[1mbold\u001b[0m".getBytes(StandardCharsets.US_ASCII)))
			.isEqualTo("ascii");
	}

	@Test
	void binaryContentIsDetectedAsWindows1252OrAscii() {
		byte[] bytes = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13 };
		assertThat(EncodingDetector.detect(bytes)).isEqualTo("windows-1252");
		assertThat(EncodingDetector.detect(new byte[] { 1, 0, 2 })).isEqualTo("ascii");
	}

	@Test
	void timeDoesNotGrowWithTheContent() {
		byte[] text = bytes("ru", "KOI8-R");
		byte[] bytes = new byte[64 * 1024 * 1024];
		for (int i = 0; i < bytes.length; i += text.length) {
			System.arraycopy(text, 0, bytes, i, Math.min(text.length, bytes.length - i));
		}
		assertTimeout(Duration.ofSeconds(10), () -> assertThat(EncodingDetector.detect(bytes)).isEqualTo("KOI8-R"));
	}

	private static byte[] bytes(String text, String encoding) {
		return TEXTS.getProperty(text).getBytes(Charset.forName(encoding));
	}

	private static Properties texts() {
		Properties texts = new Properties();
		try (InputStream in = EncodingDetectorTests.class.getResourceAsStream("texts.txt")) {
			for (String line : new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
				.split("\n")) {
				if (!line.startsWith("#")) {
					texts.setProperty(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		texts.setProperty("quoted",
				"\u00ab\u00a0L\u2019homme\u00a0\u00bb \u2014 " + texts.getProperty("fr") + " \u2026");
		return texts;
	}

}
