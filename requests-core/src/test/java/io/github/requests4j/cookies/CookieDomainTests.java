package io.github.requests4j.cookies;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.internal.url.ParsedUrl;

import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static io.github.requests4j.cookies.CookieFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of which hosts receive a cookie.
 */
class CookieDomainTests {

	@Test
	@DisplayName("108 (difference), threat 35: a cookie without Domain is sent only to its host")
	void cookieWithoutDomainIsSentOnlyToItsHost() {
		CookieJar jar = taken("http://example.com/", "a=b");
		assertThat(jar.iterator().next().hostOnly()).isTrue();
		assertThat(jar.listDomains()).containsExactly("example.com");
		assertThat(sent(jar, "http://example.com/")).isEqualTo("a=b");
		assertThat(sent(jar, "http://EXAMPLE.com:8080/x")).isEqualTo("a=b");
		assertThat(sent(jar, "http://www.example.com/")).isNull();
		assertThat(sent(taken("http://www.example.com/", "a=b"), "http://example.com/")).isNull();
	}

	@ParameterizedTest
	@DisplayName("108 (difference), threat 35 (CVE-2015-2296): Domain covers subdomains, but only at label boundaries")
	@CsvSource({ "example.com, true", "www.example.com, true", "a.b.example.com, true", "ample.com, false",
			"badexample.com, false", "example.com.evil.com, false", "com, false", "wwwexample.com, false",
			"example.org, false" })
	void domainCoversItsSubdomains(String host, boolean expected) {
		for (String attribute : List.of("example.com", ".example.com", "EXAMPLE.Com")) {
			CookieJar jar = taken("http://www.example.com/", "a=b; Domain=" + attribute);
			assertThat(jar.listDomains()).containsExactly("example.com");
			assertThat(jar.iterator().next().hostOnly()).isFalse();
			assertThat(sent(jar, "http://" + host + "/")).isEqualTo(expected ? "a=b" : null);
		}
	}

	@ParameterizedTest
	@DisplayName("108, threat 35 (CVE-2015-2296): a domain that does not cover the host is rejected")
	@ValueSource(strings = { "example.org", "sibling.example.com", "below.www.example.com", "ample.com",
			"ww.example.com", ".com", "com", "..example.com", "www..example.com", "example.com.", "www.example.com.",
			"www.example.com..", ".www.example.com.", "\"example.com\"", "www.example.com:80", ". example.com",
			"example.com .", "*.example.com", "http://www.example.com", "www.example.com/", "exämple.com", "127.0.0.1",
			"%65xample.com" })
	void domainThatDoesNotCoverTheHostIsRejected(String attribute) {
		assertThat(taken("http://www.example.com/", "a=b; Domain=" + attribute).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("threat 35: the last of several Domain attributes wins; an empty one means only the host")
	void lastDomainAttributeWins() {
		String url = "http://www.example.com/";
		assertThat(taken(url, "a=b; Domain=evil.com; Domain=example.com").listDomains()).containsExactly("example.com");
		assertThat(taken(url, "a=b; Domain=example.com; Domain=evil.com").isEmpty()).isTrue();
		for (String empty : List.of("Domain", "Domain=", "Domain=.", "Domain=example.com; Domain=")) {
			CookieJar jar = taken(url, "a=b; " + empty);
			assertThat(jar.listDomains()).containsExactly("www.example.com");
			assertThat(jar.iterator().next().hostOnly()).isTrue();
		}
	}

	@ParameterizedTest
	@DisplayName("threat 34 (CVE-2023-46218): a public suffix is rejected as Domain, in any case and spelling")
	@ValueSource(strings = { "co.uk", "co.UK", "CO.UK", ".co.uk", "co.UK.", "co.uk.", ".co.uk.", "uk", "UK." })
	void publicSuffixIsRejectedAsDomain(String attribute) {
		CookieJar jar = taken("http://shop.co.uk/", "a=b; Domain=" + attribute);
		assertThat(jar.isEmpty()).isTrue();
		assertThat(sent(jar, "http://bank.co.uk/")).isNull();
	}

	@ParameterizedTest
	@DisplayName("threat 34: private suffixes and wildcard rules are rejected as well")
	@CsvSource({ "me.github.io, github.io", "a.b.compute.amazonaws.com, b.compute.amazonaws.com",
			"a.foo.kawasaki.jp, foo.kawasaki.jp", "b.s3.amazonaws.com, s3.amazonaws.com", "x.foo.ck, foo.ck",
			"x.xn--55qx5d.cn, xn--55qx5d.cn", "city.kobe.jp, kobe.jp", "a.b.c.kobe.jp, kobe.jp", "host.corp, corp",
			"a.localhost, localhost" })
	void privateSuffixesAndWildcardsAreRejectedToo(String host, String attribute) {
		assertThat(taken("http://" + host + "/", "a=b; Domain=" + attribute).isEmpty()).isTrue();
	}

	@ParameterizedTest
	@DisplayName("threat 34: a domain that only resembles a public suffix is accepted")
	@CsvSource({ "a.city.kawasaki.jp, city.kawasaki.jp", "a.www.ck, www.ck", "a.me.github.io, me.github.io",
			"a.host.corp, host.corp", "a.shop.co.uk, shop.co.uk" })
	void domainThatOnlyResemblesASuffixIsAccepted(String host, String attribute) {
		assertThat(taken("http://" + host + "/", "a=b; Domain=" + attribute).listDomains()).containsExactly(attribute);
	}

	@ParameterizedTest
	@DisplayName("threat 34: a host that is itself a public suffix can set cookies only for itself")
	@CsvSource({ "github.io, github.io", "github.io, .GitHub.io", "co.uk, co.UK", "localhost, localhost",
			"localhost, .localhost", "intranet, intranet" })
	void hostThatIsAPublicSuffixSetsHostOnlyCookies(String host, String attribute) {
		CookieJar jar = taken("http://" + host + "/", "a=b; Domain=" + attribute);
		assertThat(jar.iterator().next().hostOnly()).isTrue();
		assertThat(sent(jar, "http://" + host + "/")).isEqualTo("a=b");
		assertThat(sent(jar, "http://me." + host + "/")).isNull();
	}

	@Test
	@DisplayName("threat 34: a single-label domain is rejected even without the list")
	void singleLabelDomainIsRejectedWithoutTheList() {
		CookieJar jar = jar(CookiePolicy.builder().publicSuffixes(false).build());
		take(jar, "http://shop.co.uk/", "a=b; Domain=co.uk", "c=d; Domain=uk");
		assertThat(jar.getDict("co.uk", null)).containsOnlyKeys("a");
		assertThat(jar.size()).isOne();
	}

	@ParameterizedTest
	@DisplayName("threat 34: an IP address matches only itself")
	@CsvSource({ "127.0.0.1, 127.0.0.1", "10.0.0.1, .10.0.0.1", "[::1], [::1]", "[::1], ::1",
			"[2001:DB8::7], 2001:db8::7" })
	void addressMatchesOnlyItself(String host, String attribute) {
		CookieJar jar = taken("http://" + host + ":8080/", "a=b", "c=d; Domain=" + attribute);
		assertThat(sent(jar, "http://" + host + "/")).isEqualTo("a=b; c=d");
		assertThat(jar).allMatch(Cookie::hostOnly);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 0.0.1", "127.0.0.1, .0.1", "127.0.0.1, 1", "10.0.0.1, 0.0.0.1", "a.2.3.4.5, 2.3.4.5",
			"a.0x7f, 0x7f", "[::1], 1", "[1::2], 2" })
	@DisplayName("threat 34: a part of an IP address is rejected as Domain")
	void partOfAnAddressIsRejectedAsDomain(String host, String attribute) {
		assertThat(taken("http://" + host + "/", "a=b; Domain=" + attribute).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("threat 34: a domain set by hand does not match an address with the same ending")
	void domainSetByHandDoesNotMatchAnAddress() {
		CookieJar jar = jar();
		jar.set("a", "b", "0.0.1");
		assertThat(sent(jar, "http://127.0.0.1/")).isNull();
	}

	@Test
	@DisplayName("110 (difference): a trailing dot in the URL's host is ignored")
	void trailingDotOfTheHostIsIgnored() {
		CookieJar jar = taken("http://www.example.com./", "a=b", "c=d; Domain=example.com");
		assertThat(sent(jar, "http://www.example.com/")).isEqualTo("a=b; c=d");
		assertThat(sent(jar, "http://www.example.com./")).isEqualTo("a=b; c=d");
	}

	@Test
	@DisplayName("108: single-label hosts and hosts with underscores are treated like any other")
	void singleLabelsAndUnderscoresAreAcceptedInHosts() {
		assertThat(sent(taken("http://localhost:8080/", "a=b"), "http://localhost/")).isEqualTo("a=b");
		assertThat(sent(taken("http://my_service:8080/", "a=b"), "http://u:p@my_service/")).isEqualTo("a=b");
		assertThat(taken("http://my_service:8080/", "a=b").listDomains()).containsExactly("my_service");
	}

	@Test
	@DisplayName("108: internationalised domains match in either form")
	void internationalisedDomainsMatchInEitherForm() {
		CookieJar jar = taken("http://www.xn--bcher-kva.example/", "a=b; Domain=Bücher.example");
		assertThat(jar.listDomains()).containsExactly("xn--bcher-kva.example");
		assertThat(sent(jar, "http://xn--bcher-kva.example/")).isEqualTo("a=b");
		assertThat(jar.get("a", "bücher.example", "/")).isEqualTo("b");
	}

	@ParameterizedTest
	@DisplayName("a URL without a host neither sets nor receives cookies")
	@ValueSource(strings = { "mailto:someone@example.com", "/relative", "file:///etc/hosts", "http:opaque" })
	void urlWithoutHostHasNoCookies(String url) {
		CookieJar jar = jar();
		jar.set("a", "b");
		assertThat(take(jar, url, "c=d")).isEmpty();
		assertThat(sent(jar, url)).isNull();
		assertThat(jar.makeCookies(ParsedUrl.split(url), List.of("c=d"))).isEmpty();
		assertThat(jar.setCookieIfOk(Cookie.create("c", "d"), ParsedUrl.split(url))).isFalse();
		assertThat(jar.keys()).containsExactly("a");
	}

	@Test
	@DisplayName("threat 38: only the host of the URL counts, not user info that looks like a host")
	void userInfoIsIgnoredWhenMatchingHosts() {
		CookieJar jar = taken("http://victim.example/", "a=b");
		assertThat(sent(jar, "http://victim.example@evil.example/")).isNull();
		assertThat(sent(jar, "http://victim.example:80@my_evil/")).isNull();
		assertThat(sent(jar, "http://someone@victim.example/")).isEqualTo("a=b");
	}

}
