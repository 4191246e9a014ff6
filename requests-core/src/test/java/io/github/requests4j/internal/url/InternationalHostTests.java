package io.github.requests4j.internal.url;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.testserver.SeparateClassPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InternationalHostTests {

	private static String host(String host) {
		return String.valueOf(UrlPreparer.prepare("http://" + host + "/", "").host());
	}

	@ParameterizedTest
	@CsvSource({ "m\u00FCnchen.de, xn--mnchen-3ya.de", "M\u00DCNCHEN.DE, xn--mnchen-3ya.de",
			"fa\u00DF.de, xn--fa-hia.de", "\u65E5\u672C.jp, xn--wgv71a.jp", "\u05D0\u05D11.com, xn--1-zhcd.com",
			"l\u00B7l.com, xn--ll-0ea.com", "\u03B1\u03C2.gr, xn--mxa8a.gr", "WWW.\u00E9.com., www.xn--9ca.com." })
	@DisplayName("32: hosts are encoded by IDNA 2008, non-transitional")
	void internationalHostIsEncoded(String host, String ascii) {
		assertThat(host(host)).isEqualTo(ascii);
	}

	@ParameterizedTest
	@CsvSource({ "b\u00FCcher.example, xn--bcher-kva.example", "stra\u00DFe.example, xn--strae-oqa.example",
			"\u4F8B\u3048.example, xn--r8jz45g.example", "B\u00DCCHER.example, xn--bcher-kva.example",
			"\u03B1\u03C2.gr, xn--mxa8a.gr", "\u05D0\u05D11.com, xn--1-zhcd.com", "\u2603.net, Failed to parse",
			"\uFF25\uFF38.com, Failed to parse", "\uD83D\uDE00.com, Failed to parse" })
	@DisplayName("32: the host is the same with and without ICU, and disallowed ones are rejected")
	void hostIsEncodedWithAndWithoutIcu(String host, String ascii) throws Exception {
		for (String absent : List.of("bcprov", "icu4j")) {
			try (SeparateClassPath classPath = SeparateClassPath.without(absent)) {
				assertThat(classPath.has("com.ibm.icu.text.IDNA")).isEqualTo(!absent.equals("icu4j"));
				String answer = (String) classPath.call(InternationalHostTests.class, "tryToPrepare", host);
				assertThat(answer).isEqualTo(ascii.startsWith("Failed") ? ascii + ": http://" + host + "/" : ascii);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "l\u00B7l.com", "\u0646\u200C\u0627.com", "\u30C6\u30FB\u30B9.jp", "\u0391\u03A3.gr" })
	@DisplayName("32: a host that requires ICU is rejected without it, and the message names the dependency")
	void hostThatRequiresIcuIsRejectedWithoutIt(String host) throws Exception {
		assertThat(tryToPrepare(host)).doesNotContain("icu4j");
		try (SeparateClassPath classPath = SeparateClassPath.without("icu4j")) {
			assertThat(classPath.call(InternationalHostTests.class, "tryToPrepare", host))
				.isEqualTo("Failed to parse: http://" + host
						+ "/. Encoding this host name requires ICU. Add the dependency com.ibm.icu:icu4j, or use the"
						+ " encoded form of the host, which starts with xn--.");
		}
	}

	@Test
	void incompatibleIcuIsNotUsed() throws Exception {
		Path classes = Path
			.of(InternationalHostTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		Path old = classes.resolveSibling("other-versions").resolve("icu4j-4.0.1.jar");
		try (SeparateClassPath classPath = SeparateClassPath.without("icu4j").and(old)) {
			assertThat(classPath.has("com.ibm.icu.text.IDNA")).isTrue();
			assertThat((String) classPath.call(InternationalHostTests.class, "tryToPrepare", "l\u00B7l.com"))
				.contains("requires ICU");
			assertThat(classPath.call(InternationalHostTests.class, "tryToPrepare", "b\u00FCcher.example"))
				.isEqualTo("xn--bcher-kva.example");
		}
	}

	/** Runs in another class loader as well. */
	static String tryToPrepare(String host) {
		try {
			return host(host);
		}
		catch (UrlSyntaxException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFF25\uFF38.com", "a\u3002b", "\u2603.net", "\uD83D\uDE00.com", "\u2177.com",
			"\u017F.com", "a\u0301.com", "\u0301a.com", "a\u200Db.com", "a\u00ADb\u00E9.com", "xn--\u00FC.com",
			"ab--\u00FC.com", "-\u00FC.com", "\u00FC-.com", "1\u05D0.com", "\u05D0a.com", "\u00B7\u00E9.com",
			"\u0640\u0628.com", "\u00FC_\u00FC.com", "\u00FC b.com", "\u00E9%41.com", "\u0080.com", "a\u2024\u00E9",
			"\u2100.com" })
	@DisplayName("32: only letter case is mapped; symbols and misplaced characters are rejected")
	void invalidHostIsRejected(String host) {
		String url = "http://" + host + "/";
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> UrlPreparer.prepare(url, ""))
			.withMessage("Failed to parse: " + UrlText.printable(url));
	}

	@Test
	@DisplayName("32: an encoded label has at most 63 characters")
	void encodedLabelHasAtMost63Characters() {
		assertThat(host("\u00E9".repeat(32))).hasSizeLessThanOrEqualTo(63);
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> host("\u00E9".repeat(64)));
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> host("\u00E9" + "a".repeat(60)));
	}

	@ParameterizedTest
	@CsvSource({ "xn--n3h.net, xn--n3h.net", "XN--N3H.net, xn--n3h.net", "xn--, xn--" })
	@DisplayName("33: encoded labels are not changed, valid or not")
	void encodedLabelsAreNotChanged(String host, String ascii) {
		assertThat(host(host)).isEqualTo(ascii);
	}

	@Test
	@DisplayName("32: for other schemes characters are mapped first")
	void charactersAreMappedForOtherSchemes() {
		assertThat(UrlPreparer.prepare("httpx://\uFF25\u00C9\u3002COM/", "").text())
			.isEqualTo("httpx://xn--e-bga.com/");
		assertThatExceptionOfType(UrlSyntaxException.class)
			.isThrownBy(() -> UrlPreparer.prepare("httpx://\u00E9..\uFF0F/", ""))
			.withMessage("URL has an invalid label.");
	}

}
