package io.github.requests4j.cookies;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.testserver.LogCapture;

import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link CookiePolicy}.
 */
class CookiePolicyTests {

	@RegisterExtension
	private final LogCapture log = LogCapture.of(CookieJar.class);

	@Test
	@DisplayName("threat 37: the defaults are the documented limits")
	void defaultsAreTheDocumentedLimits() {
		CookiePolicy policy = new CookieJar().policy();
		assertThat(policy).isSameAs(CookiePolicy.defaults());
		assertThat(policy.accept()).isTrue();
		assertThat(policy.send()).isTrue();
		assertThat(policy.publicSuffixes()).isTrue();
		assertThat(policy.blockedDomains()).isEmpty();
		assertThat(policy.allowedDomains()).isNull();
		assertThat(policy.maxPairOctets()).isEqualTo(4096);
		assertThat(policy.maxAttributeOctets()).isEqualTo(1024);
		assertThat(policy.maxPerResponse()).isEqualTo(50);
		assertThat(policy.maxPerDomain()).isEqualTo(50);
		assertThat(policy.maxCookies()).isEqualTo(3000);
		assertThat(policy.maxHeaderOctets()).isEqualTo(8190);
	}

	@Test
	void blockAllNeitherStoresNorSends() {
		CookieJar jar = jar(CookiePolicy.blockAll());
		assertThat(take(jar, "http://example.com/", "a=b")).isEmpty();
		jar.set("c", "d");
		assertThat(sent(jar, "http://example.com/")).isNull();
		jar.setPolicy(CookiePolicy.defaults());
		assertThat(sent(jar, "http://example.com/")).isEqualTo("c=d");
	}

	@Test
	void cookiesCanBeSentWithoutBeingAccepted() {
		CookieJar jar = jar(CookiePolicy.builder().accept(false).build());
		assertThat(take(jar, "http://example.com/", "a=b")).isEmpty();
		assertThat(jar.setCookieIfOk(Cookie.create("e", "f"), ParsedUrl.split("http://example.com/"))).isFalse();
		jar.set("c", "d");
		assertThat(sent(jar, "http://example.com/")).isEqualTo("c=d");
	}

	@ParameterizedTest
	@CsvSource({ "example.com, example.com, true", "Example.COM, example.com, true",
			"example.com, www.example.com, false", ".example.com, www.example.com, true",
			".example.com, example.com, true", ".example.com, badexample.com, false", "127.0.0.1, 127.0.0.1, true",
			".0.0.1, 127.0.0.1, false" })
	void listedDomainsAreBlockedOrAllowed(String entry, String host, boolean covered) {
		String url = "http://" + host + "/";
		CookieJar blocking = jar(CookiePolicy.builder().blockedDomains(List.of("x.example", entry)).build());
		blocking.set("c", "d");
		assertThat(take(blocking, url, "a=b")).hasSize(covered ? 0 : 1);
		assertThat(sent(blocking, url)).isEqualTo(covered ? null : "c=d; a=b");
		CookieJar allowing = jar(CookiePolicy.builder().allowedDomains(List.of("x.example", entry)).build());
		allowing.set("c", "d");
		assertThat(take(allowing, url, "a=b")).hasSize(covered ? 1 : 0);
		assertThat(sent(allowing, url)).isEqualTo(covered ? "c=d; a=b" : null);
	}

	@Test
	void blockedDomainsTakePrecedenceOverAllowedOnes() {
		CookieJar jar = jar(CookiePolicy.builder()
			.allowedDomains(List.of(".example.com"))
			.blockedDomains(List.of("bad.example.com"))
			.build());
		assertThat(take(jar, "http://good.example.com/", "a=b")).hasSize(1);
		assertThat(take(jar, "http://bad.example.com/", "a=b")).isEmpty();
		assertThat(take(jar(CookiePolicy.builder().allowedDomains(List.of()).build()), "http://a.example/", "a=b"))
			.isEmpty();
	}

	@Test
	void limitsCanBeChanged() {
		CookieJar jar = jar(CookiePolicy.builder()
			.maxPairOctets(3)
			.maxAttributeOctets(2)
			.maxPerResponse(2)
			.maxPerDomain(3)
			.maxCookies(4)
			.maxHeaderOctets("Cookie: b=2; c=3".length())
			.build());
		assertThat(take(jar, "http://one.example/", "a=123", "a=1; Path=/xy", "b=2", "c=3")).hasSize(2);
		assertThat(jar.listPaths()).containsExactly("/");
		take(jar, "http://one.example/", "c=3", "d=4");
		take(jar, "http://one.example/", "e=5");
		assertThat(jar.size()).isEqualTo(3);
		take(jar, "http://two.example/", "b=2", "c=3");
		assertThat(jar.size()).isEqualTo(4);
		assertThat(sent(jar, "http://two.example/")).isEqualTo("b=2; c=3");
		take(jar, "http://two.example/", "d=4");
		assertThat(sent(jar, "http://two.example/")).hasSize("b=2; c=3".length());
	}

	@Test
	void cookiesBeyondTheHeaderLimitAreOmittedWithAWarning() {
		CookieJar jar = jar(CookiePolicy.defaults());
		for (int i = 0; i < 40; i++) {
			take(jar, "http://one.example/", "name" + i + "=" + "v".repeat(300));
		}
		assertThat(sent(jar, "http://one.example/")).contains("name0=").doesNotContain("name39=");
		assertThat(this.log.messages()).singleElement()
			.asString()
			.contains("of 40 cookies are not sent to one.example", "8190 bytes");
	}

	@Test
	void invalidLimitsAreRejected() {
		CookiePolicy.Builder builder = CookiePolicy.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPairOctets(0))
			.withMessageContaining("maxPairOctets");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxAttributeOctets(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPerResponse(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPerDomain(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxCookies(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeaderOctets(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.blockedDomains(List.of("a b")));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.allowedDomains(List.of("http://x")));
	}

	@Test
	void toBuilderCopiesEveryProperty() {
		CookiePolicy policy = CookiePolicy.builder()
			.accept(false)
			.send(false)
			.publicSuffixes(false)
			.blockedDomains(List.of("a"))
			.allowedDomains(List.of(".B"))
			.maxPairOctets(1)
			.maxAttributeOctets(2)
			.maxPerResponse(3)
			.maxPerDomain(4)
			.maxCookies(5)
			.maxHeaderOctets(6)
			.build()
			.toBuilder()
			.build();
		assertThat(policy.accept() || policy.send() || policy.publicSuffixes()).isFalse();
		assertThat(policy.blockedDomains()).containsExactly("a");
		assertThat(policy.allowedDomains()).containsExactly(".b");
		assertThat(List.of(policy.maxPairOctets(), policy.maxAttributeOctets(), policy.maxPerResponse(),
				policy.maxPerDomain(), policy.maxCookies(), policy.maxHeaderOctets()))
			.containsExactly(1, 2, 3, 4, 5, 6);
		assertThat(policy.toBuilder().allowedDomains(null).build().allowedDomains()).isNull();
	}

}
