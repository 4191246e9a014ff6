package io.github.requests4j.cookies;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the public-suffix list and of the matcher that searches it.
 */
class PublicSuffixesTests {

	private static final PublicSuffixes RULES = rules("com", "jp", "*.kobe.jp", "!city.kobe.jp", "*.ck", "!www.ck",
			"cn", "xn--55qx5d.cn", "xn--p1ai", "co.uk", "uk", "github.io", "io");

	private static PublicSuffixes rules(String... rules) {
		String lines = String.join("\n", Stream.of(rules).sorted().toList()) + "\n";
		return new PublicSuffixes(lines.getBytes(StandardCharsets.US_ASCII));
	}

	private static List<String> bundledRules() throws IOException {
		return bundledLines().stream().filter((line) -> !line.startsWith("//")).toList();
	}

	private static List<String> bundledLines() throws IOException {
		try (InputStream list = PublicSuffixes.class.getResourceAsStream("public-suffix-list.dat")) {
			return new String(list.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "com", "co.uk", "uk", "github.io" })
	void normalRuleMatchesOnlyItsDomain(String suffix) {
		assertThat(RULES.matches(suffix)).isTrue();
		assertThat(RULES.matches("example." + suffix)).isFalse();
		assertThat(RULES.matches("www.example." + suffix)).isFalse();
	}

	@Test
	void wildcardRuleMatchesOneMoreLabelAndItsOwnDomain() {
		assertThat(RULES.matches("any.kobe.jp")).isTrue();
		assertThat(RULES.matches("any.ck")).isTrue();
		assertThat(RULES.matches("kobe.jp")).isTrue();
		assertThat(RULES.matches("shop.any.kobe.jp")).isFalse();
	}

	@Test
	void exceptionRuleBeatsTheWildcard() {
		assertThat(RULES.matches("city.kobe.jp")).isFalse();
		assertThat(RULES.matches("www.ck")).isFalse();
	}

	@Test
	void unlistedSingleLabelIsASuffix() {
		assertThat(RULES.matches("unlisted")).isTrue();
		assertThat(RULES.matches("example.unlisted")).isFalse();
		assertThat(rules("com").matches("localhost")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CO.UK", "Co.Uk", "co.uk.", "CO.UK.", "GitHub.io.", "ANY.KOBE.JP.", "XN--55QX5D.CN",
			"\u516c\u53f8.cn", "\u516c\u53f8.CN.", "\u0440\u0444", "\u0420\u0424" })
	void caseTrailingDotAndUnicodeFormAreIgnored(String suffix) {
		assertThat(RULES.matches(suffix)).isTrue();
		assertThat(RULES.matches("example." + suffix)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".com", "..", "a b.com", "co.uk\n" })
	void invalidHostIsNotASuffix(String text) {
		assertThat(RULES.matches(text)).isFalse();
	}

	@Test
	void everyRuleIsFound() throws IOException {
		List<String> rules = bundledRules();
		assertThat(rules).hasSizeGreaterThan(9000);
		for (String rule : rules) {
			if (rule.startsWith("!")) {
				assertThat(PublicSuffixes.contains(rule.substring(1))).as(rule).isFalse();
			}
			else {
				String suffix = rule.replace("*", "any-name");
				assertThat(PublicSuffixes.contains(suffix)).as(rule).isTrue();
				assertThat(PublicSuffixes.contains("one.two." + suffix)).as(rule).isFalse();
			}
		}
	}

	@Test
	void bundledRulesAreSortedForTheSearch() throws IOException {
		assertThat(bundledRules()).isSorted().doesNotHaveDuplicates().allMatch((rule) -> !rule.isBlank());
	}

	@Test
	void bundledListKeepsItsLicence() throws IOException {
		assertThat(bundledLines()).anyMatch((line) -> line.contains("Mozilla Public"))
			.anyMatch((line) -> line.contains("https://mozilla.org/MPL/2.0/"))
			.anyMatch((line) -> line.startsWith("// VERSION: "));
		ClassLoader loader = PublicSuffixes.class.getClassLoader();
		try (InputStream licence = loader.getResourceAsStream("META-INF/licenses/MPL-2.0.txt")) {
			assertThat(new String(licence.readAllBytes(), StandardCharsets.US_ASCII))
				.contains("Mozilla Public License Version 2.0");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "co.uk", "ac.jp", "any.ck", "xn--p1ai", "\u516c\u53f8.cn", "github.io", "s3.amazonaws.com",
			"any.compute.amazonaws.com.cn" })
	void bundledListContainsIcannAndPrivateRules(String suffix) {
		assertThat(PublicSuffixes.contains(suffix)).isTrue();
		assertThat(PublicSuffixes.contains("example." + suffix)).isFalse();
	}

}
