package io.github.requests4j.cookies;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.internal.url.ParsedUrl;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static io.github.requests4j.cookies.CookieFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of the jar as a dictionary.
 */
class CookieJarTests {

	private CookieJar jar;

	@BeforeEach
	void jarWithCookies() {
		this.jar = jar();
		this.jar.set("some_cookie", "some_value");
		this.jar.set("some_cookie1", "some_value1");
	}

	private static CookieJar twoDomains() {
		CookieJar jar = jar();
		jar.set("a", "1", "one.example", "/x");
		jar.set("a", "2", "two.example");
		jar.set("b", "3", "one.example");
		return jar;
	}

	@Test
	@DisplayName("117: keys, values and items are lists in the order of the jar")
	void keysValuesAndItemsKeepTheOrderOfTheJar() {
		assertThat(this.jar.keys()).containsExactly("some_cookie", "some_cookie1");
		assertThat(this.jar.values()).containsExactly("some_value", "some_value1");
		assertThat(this.jar.items()).containsExactly(Map.entry("some_cookie", "some_value"),
				Map.entry("some_cookie1", "some_value1"));
		assertThat(new LinkedHashMap<>(Map.ofEntries(this.jar.items().toArray(new Map.Entry[0]))))
			.isEqualTo(this.jar.getDict());
	}

	@Test
	@DisplayName("117: the lists include duplicates")
	void listsIncludeDuplicates() {
		CookieJar jar = twoDomains();
		assertThat(jar.keys()).containsExactly("a", "a", "b");
		assertThat(jar.values()).containsExactly("1", "2", "3");
		assertThat(jar.items()).containsExactly(Map.entry("a", "1"), Map.entry("a", "2"), Map.entry("b", "3"));
	}

	@Test
	@DisplayName("117: the iterators return the same elements, and the jar itself iterates over cookies")
	void iteratorsReturnTheSameAsTheLists() {
		assertThat(this.jar.iterKeys()).toIterable().containsExactlyElementsOf(this.jar.keys());
		assertThat(this.jar.iterValues()).toIterable().containsExactlyElementsOf(this.jar.values());
		assertThat(this.jar.iterItems()).toIterable().containsExactlyElementsOf(this.jar.items());
		assertThat(this.jar).extracting(Cookie::name).containsExactlyElementsOf(this.jar.keys());
		assertThat(this.jar.cookies()).containsExactlyElementsOf(this.jar);
	}

	@Test
	@DisplayName("117: returned collections are immutable snapshots")
	void returnedCollectionsAreImmutableSnapshots() {
		List<String> keys = this.jar.keys();
		Map<String, String> dict = this.jar.getDict();
		Iterator<Cookie> cookies = this.jar.iterator();
		this.jar.clear();
		assertThat(keys).hasSize(2);
		assertThat(dict).hasSize(2);
		assertThat(cookies).toIterable().hasSize(2);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> keys.remove(0));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> dict.put("a", "b"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> {
			Iterator<Cookie> iterator = taken("http://example.com", "a=b").iterator();
			iterator.next();
			iterator.remove();
		});
	}

	@Test
	@DisplayName("117: get returns the default for a missing name")
	void getReturnsTheDefaultForAMissingName() {
		assertThat(this.jar.get("some_cookie")).isEqualTo("some_value");
		assertThat(this.jar.get("some_cookie", "other")).isEqualTo("some_value");
		assertThat(this.jar.get("missing")).isNull();
		assertThat(this.jar.get("missing", "default")).isEqualTo("default");
		assertThat(this.jar.get("SOME_COOKIE")).isNull();
	}

	@Test
	@DisplayName("117: equal names are a conflict unless the domain or path distinguishes them")
	void sameNameInSeveralDomainsIsAConflict() {
		CookieJar jar = twoDomains();
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.get("a"))
			.withMessageContaining("There are multiple cookies with name 'a'");
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.get("a", "default"));
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.pop("a"));
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.setDefault("a", "x"));
		assertThat(jar.get("a", "one.example", null)).isEqualTo("1");
		assertThat(jar.get("a", ".Two.example", null)).isEqualTo("2");
		assertThat(jar.get("a", null, "/x")).isEqualTo("1");
		assertThat(jar.get("a", "default", "one.example", "/")).isEqualTo("default");
		assertThat(jar.get("a", "one.example", "/x")).isEqualTo("1");
		assertThat(jar.get("b")).isEqualTo("3");
		assertThat(jar.size()).isEqualTo(3);
	}

	@Test
	@DisplayName("117: contains is true on a conflict, and an empty jar is empty")
	void containsIsTrueOnAConflict() {
		assertThat(twoDomains().contains("a")).isTrue();
		assertThat(twoDomains().contains("c")).isFalse();
		assertThat(jar().isEmpty()).isTrue();
		assertThat(jar().size()).isZero();
		assertThat(this.jar.isEmpty()).isFalse();
		assertThat(this.jar.size()).isEqualTo(2);
	}

	@Test
	@DisplayName("118: setting null deletes")
	void settingNullDeletes() {
		assertThat(this.jar.set("some_cookie", null)).isNull();
		assertThat(this.jar.keys()).containsExactly("some_cookie1");
		CookieJar jar = twoDomains();
		jar.set("a", null, "two.example");
		assertThat(jar.values()).containsExactly("1", "3");
		jar.set("a", null, "one.example", "/other");
		assertThat(jar.values()).containsExactly("1", "3");
		jar.set("a", null, ".one.example", "/x");
		assertThat(jar.values()).containsExactly("3");
		twoDomains().set("missing", null);
	}

	@Test
	@DisplayName("118: remove deletes a name in all domains and ignores a missing one")
	void removeDeletesTheNameInAllDomains() {
		CookieJar jar = twoDomains();
		assertThat(jar.remove("a")).isTrue();
		assertThat(jar.keys()).containsExactly("b");
		assertThat(jar.remove("a")).isFalse();
		assertThat(this.jar.remove("some_cookie")).isTrue();
		assertThat(this.jar.contains("some_cookie")).isFalse();
	}

	@Test
	@DisplayName("119: a cookie whose value is null is not found")
	void cookieWithANullValueIsNotFound() {
		CookieJar jar = jar();
		jar.setCookie(Cookie.create("a", null));
		assertThat(jar.get("a")).isNull();
		assertThat(jar.get("a", "default")).isEqualTo("default");
		assertThat(jar.contains("a")).isFalse();
		assertThat(jar.keys()).containsExactly("a");
		assertThat(jar.values()).containsExactly((String) null);
		assertThat(jar.items()).hasSize(1).allMatch((item) -> item.getKey().equals("a") && item.getValue() == null);
		assertThat(jar.getDict()).containsEntry("a", null);
		assertThatIllegalArgumentException().isThrownBy(() -> jar.pop("a"));
		jar.set("a", "1", "example.com");
		assertThat(jar.get("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("120: get_dict matches domain and path exactly, and later duplicates win")
	void getDictMatchesDomainAndPathExactly() {
		CookieJar jar = twoDomains();
		assertThat(jar.getDict()).containsExactly(Map.entry("a", "2"), Map.entry("b", "3"));
		assertThat(jar.getDict("one.example", null)).containsExactly(Map.entry("a", "1"), Map.entry("b", "3"));
		assertThat(jar.getDict("one.example", "/")).containsExactly(Map.entry("b", "3"));
		assertThat(jar.getDict(null, "/x")).containsExactly(Map.entry("a", "1"));
		assertThat(jar.getDict(".one.example", null)).hasSize(2);
		assertThat(jar.getDict("example", null)).isEmpty();
		assertThat(jar.getDict("a/b", null)).isEmpty();
	}

	@Test
	@DisplayName("120: domains and paths are listed once, in the order in which they appear")
	void domainsAndPathsAreListedOnce() {
		CookieJar jar = twoDomains();
		jar.set("c", "4");
		assertThat(jar.listDomains()).containsExactly("one.example", "two.example", "");
		assertThat(jar.listPaths()).containsExactly("/x", "/");
		assertThat(jar().listDomains()).isEmpty();
	}

	@Test
	@DisplayName("120 (difference): multipleDomains returns whether there are several domains")
	void multipleDomainsIsTrueForSeveralDomains() {
		assertThat(twoDomains().multipleDomains()).isTrue();
		assertThat(this.jar.multipleDomains()).isFalse();
		assertThat(jar().multipleDomains()).isFalse();
		assertThat(taken("http://example.com/", "a=1", "b=2").multipleDomains()).isFalse();
	}

	@Test
	@DisplayName("121: set uses the same defaults as create_cookie")
	void setUsesTheDefaultsOfCreateCookie() {
		Cookie cookie = this.jar.set("a", "b");
		assertThat(cookie).isEqualTo(Cookies.createCookie("a", "b")).isEqualTo(Cookie.create("a", "b"));
		assertThat(cookie.domain()).isEmpty();
		assertThat(cookie.path()).isEqualTo("/");
		assertThat(cookie.secure()).isFalse();
		assertThat(cookie.expires()).isNull();
		assertThat(cookie.discard()).isTrue();
		assertThat(cookie.httpOnly()).isTrue();
		assertThat(cookie.sameSite()).isNull();
		assertThat(cookie.rest()).isEmpty();
		assertThat(cookie.hostOnly()).isFalse();
	}

	@Test
	@DisplayName("121: every attribute can be set")
	void setAcceptsEveryAttribute() {
		Cookie cookie = this.jar.set("a", "b",
				(settings) -> settings.domain(".Example.com")
					.path("/x")
					.secure(true)
					.httpOnly(false)
					.sameSite("strict")
					.expires(NOW.plusSeconds(9))
					.rest(Map.of("Priority", "High")));
		assertThat(this.jar).contains(cookie);
		assertThat(cookie.domain()).isEqualTo("example.com");
		assertThat(cookie.sameSite()).isEqualTo("Strict");
		assertThat(sent(this.jar, "https://www.example.com/x")).startsWith("a=b; ");
		assertThat(sent(this.jar, "http://www.example.com/x")).doesNotContain("a=b");
	}

	@Test
	@DisplayName("113: setting a quoted value removes escaped quotes inside it")
	void escapedQuotesInsideAQuotedValueAreRemoved() {
		assertThat(this.jar.set("a", "\"x\\\"y\"").value()).isEqualTo("\"xy\"");
		assertThat(this.jar.get("a")).isEqualTo("\"xy\"");
	}

	@Test
	@DisplayName("120, 121: a domain set by hand covers its subdomains, with or without a leading dot")
	void domainSetByHandCoversSubdomains() {
		for (String domain : List.of("example.com", ".example.com", "EXAMPLE.com.")) {
			CookieJar jar = jar();
			jar.set("a", "b", domain);
			assertThat(sent(jar, "http://example.com/")).isEqualTo("a=b");
			assertThat(sent(jar, "http://www.example.com/")).isEqualTo("a=b");
			assertThat(sent(jar, "http://badexample.com/")).isNull();
		}
	}

	@Test
	@DisplayName("105: replacing a server's host-only cookie keeps it host-only")
	void replacedHostOnlyCookieStaysHostOnly() {
		CookieJar jar = taken("http://example.com/", "sid=server");
		jar.set("sid", "mine", "example.com");
		assertThat(jar.get("sid")).isEqualTo("mine");
		assertThat(sent(jar, "http://www.example.com/")).isNull();
		jar.set("sid", "wide", ".example.com");
		assertThat(sent(jar, "http://example.com/")).isEqualTo("sid=mine; sid=wide");
		assertThat(sent(jar, "http://www.example.com/")).isEqualTo("sid=wide");
	}

	@Test
	@DisplayName("RFC 6265bis: a host-only cookie and a domain cookie of the same name coexist")
	void hostOnlyAndDomainCookiesCoexist() {
		CookieJar jar = taken("http://example.com/", "a=1", "a=2; Domain=example.com");
		assertThat(jar.size()).isEqualTo(2);
		assertThat(sent(jar, "http://example.com/")).isEqualTo("a=1; a=2");
	}

	@Test
	void setDefaultKeepsAnExistingValue() {
		assertThat(this.jar.setDefault("some_cookie", "other")).isEqualTo("some_value");
		assertThat(this.jar.setDefault("new", "value")).isEqualTo("value");
		assertThat(this.jar.get("new")).isEqualTo("value");
		assertThat(this.jar.setDefault("nothing", null)).isNull();
		assertThat(this.jar.keys()).doesNotContain("nothing");
	}

	@Test
	void popRemovesAndReturnsTheValue() {
		assertThat(this.jar.pop("some_cookie")).isEqualTo("some_value");
		assertThat(this.jar.contains("some_cookie")).isFalse();
		assertThat(this.jar.pop("some_cookie", "default")).isEqualTo("default");
		assertThat(this.jar.pop("some_cookie", null)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> this.jar.pop("some_cookie"))
			.withMessageContaining("'some_cookie'");
	}

	@Test
	void popItemRemovesTheFirstCookie() {
		assertThat(this.jar.popItem()).isEqualTo(Map.entry("some_cookie", "some_value"));
		assertThat(this.jar.popItem()).isEqualTo(Map.entry("some_cookie1", "some_value1"));
		assertThatIllegalStateException().isThrownBy(this.jar::popItem);
	}

	@Test
	@DisplayName("118: updating from a map sets values and deletes names whose value is null")
	void nullValuesInAnUpdateDelete() {
		Map<String, String> update = new LinkedHashMap<>();
		update.put("some_cookie", null);
		update.put("some_cookie1", "changed");
		update.put("new", "value");
		this.jar.update(update);
		assertThat(this.jar.getDict()).isEqualTo(Map.of("some_cookie1", "changed", "new", "value"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.jar.update(Map.of("bad", "a\nb")));
		assertThat(this.jar.size()).isEqualTo(2);
	}

	@Test
	void updateCopiesTheCookiesOfAnotherJar() {
		CookieJar other = twoDomains();
		other.set("some_cookie", "theirs");
		this.jar.update(other);
		assertThat(this.jar.keys()).containsExactly("some_cookie", "some_cookie1", "a", "a", "b");
		assertThat(this.jar.get("some_cookie")).isEqualTo("theirs");
		assertThat(other.size()).isEqualTo(4);
		this.jar.update(this.jar);
		assertThat(this.jar.size()).isEqualTo(5);
		this.jar.update(jar());
		assertThat(this.jar.size()).isEqualTo(5);
	}

	@Test
	void clearRemovesByDomainPathAndName() {
		CookieJar jar = twoDomains();
		jar.clear("one.example", "/", "a");
		jar.clear("missing.example");
		assertThat(jar.size()).isEqualTo(3);
		jar.clear("one.example", "/", "b");
		assertThat(jar.keys()).containsExactly("a", "a");
		jar.clear(".one.example", "/x");
		assertThat(jar.values()).containsExactly("2");
		jar.clear("two.example");
		assertThat(jar.isEmpty()).isTrue();
		this.jar.clear();
		assertThat(this.jar.isEmpty()).isTrue();
		assertThat(this.jar.cookieHeader(ParsedUrl.split("http://example.com/"))).isNull();
	}

	@Test
	void expiredAndSessionCookiesCanBeCleared() {
		this.jar.set("old", "1", (cookie) -> cookie.expires(NOW));
		this.jar.set("kept", "2", (cookie) -> cookie.expires(NOW.plusSeconds(1)));
		this.jar.clearExpiredCookies();
		assertThat(this.jar.keys()).containsExactly("some_cookie", "some_cookie1", "kept");
		this.jar.clearSessionCookies();
		assertThat(this.jar.keys()).containsExactly("kept");
	}

	@Test
	@DisplayName("124: a copy has the same cookies and policy and is independent")
	void copyIsIndependent() {
		CookiePolicy policy = CookiePolicy.builder().maxCookies(7).build();
		this.jar.setPolicy(policy);
		CookieJar copy = this.jar.copy();
		assertThat(copy.policy()).isSameAs(policy);
		assertThat(copy.items()).isEqualTo(this.jar.items());
		copy.set("some_cookie", "changed");
		this.jar.remove("some_cookie1");
		assertThat(this.jar.items().toString()).isEqualTo("[some_cookie=some_value]");
		assertThat(copy.items().toString()).isEqualTo("[some_cookie=changed, some_cookie1=some_value1]");
	}

	@Test
	@DisplayName("threat 40: toString() of a jar does not contain values")
	void toStringHidesValues() {
		assertThat(this.jar.toString())
			.isEqualTo("<CookieJar[<Cookie some_cookie=*** for />, <Cookie some_cookie1=*** for />]>");
		assertThat(jar().toString()).isEqualTo("<CookieJar[]>");
	}

	@Test
	@DisplayName("every public method can be called by reflection, as templates and expressions do")
	void publicMethodsCanBeCalledByReflection() throws Throwable {
		Object size = MethodHandles.publicLookup()
			.findVirtual(CookieJar.class, "size", MethodType.methodType(int.class))
			.invoke(this.jar);
		assertThat(size).isEqualTo(2);
		assertThat(CookieJar.class.getMethods()).filteredOn((method) -> method.getDeclaringClass() != Object.class)
			.filteredOn((method) -> !method.getDeclaringClass().isInterface())
			.allMatch((method) -> method.getDeclaringClass() == CookieJar.class);
	}

	@Test
	@DisplayName("122, 250: maps are converted to jars, and jars to maps")
	void jarsAndMapsAreConverted() {
		Map<String, String> dict = new LinkedHashMap<>();
		dict.put("a", "1");
		dict.put("bare", null);
		CookieJar jar = Cookies.cookieJarFromDict(dict);
		assertThat(Cookies.dictFromCookieJar(jar)).isEqualTo(dict);
		assertThat(sent(jar, "http://example.com/")).isEqualTo("a=1; bare");
		assertThat(Cookies.cookieJarFromDict(null).isEmpty()).isTrue();
		assertThat(Cookies.cookieJarFromDict(null, jar, true)).isSameAs(jar);
		assertThat(Cookies.dictFromCookieJar(twoDomains())).isEqualTo(Map.of("a", "2", "b", "3"));
		assertThat(Cookies.addDictToCookieJar(jar, Map.of("a", "2", "c", "3"))).isSameAs(jar);
		assertThat(jar.get("a")).isEqualTo("2");
		assertThat(jar.get("c")).isEqualTo("3");
	}

	@Test
	@DisplayName("122: a map overwrites existing names only on request")
	void mapOverwritesOnlyOnRequest() {
		CookieJar jar = twoDomains();
		Cookies.cookieJarFromDict(Map.of("a", "x", "c", "y"), jar, false);
		assertThat(jar.values()).containsExactly("1", "2", "3", "y");
		Cookies.cookieJarFromDict(Map.of("c", "z"), jar, true);
		assertThat(jar.get("c")).isEqualTo("z");
	}

	@Test
	@DisplayName("122: merging a map keeps existing names; merging a jar overwrites them")
	void mergedMapKeepsExistingNames() {
		assertThat(Cookies.mergeCookies(this.jar, Map.of("some_cookie", "x", "new", "y"))).isSameAs(this.jar);
		assertThat(this.jar.get("some_cookie")).isEqualTo("some_value");
		assertThat(this.jar.get("new")).isEqualTo("y");
		Cookies.mergeCookies(this.jar, Cookies.cookieJarFromDict(Map.of("some_cookie", "x")));
		assertThat(this.jar.get("some_cookie")).isEqualTo("x");
		assertThat(Cookies.mergeCookies(this.jar, (CookieJar) null).size()).isEqualTo(3);
		assertThat(Cookies.mergeCookies(this.jar, (Map<String, String>) null).size()).isEqualTo(3);
		assertThat(Cookies.mergeCookies(this.jar, Collections.emptyMap()).size()).isEqualTo(3);
	}

	@Test
	void takenCookiesAreAddedToTheExistingOnes() {
		take(this.jar, "http://example.com/", "some_cookie=server");
		assertThat(this.jar.size()).isEqualTo(3);
	}

}
