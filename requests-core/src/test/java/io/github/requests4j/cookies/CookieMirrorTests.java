package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a jar reports to its mirror, and when it asks it.
 */
class CookieMirrorTests {

	private static final Url SHOP = ParsedUrl.split("https://shop.example/");

	private final List<String> log = new ArrayList<>();

	private List<Cookie> shared = List.of();

	private final CookieMirror mirror = new CookieMirror() {

		@Override
		public void refresh(CookieJar jar) {
			CookieMirrorTests.this.log.add("refresh");
			jar.reload(() -> CookieMirrorTests.this.shared);
		}

		@Override
		public void changed(List<Cookie> stored, List<Cookie> removed) {
			CookieMirrorTests.this.log.add("stored " + names(stored) + " removed " + names(removed));
		}

		@Override
		public void publish(CookieJar jar) {
			CookieMirrorTests.this.log.add("publish");
			CookieMirrorTests.this.shared = jar.cookies();
		}

	};

	private final CookieJar jar = new CookieJar(CookiePolicy.defaults(), this.mirror);

	private static List<String> names(List<Cookie> cookies) {
		return cookies.stream().map(Cookie::name).toList();
	}

	@Test
	void changesAreReportedCookieByCookie() {
		this.jar.extractCookies(SHOP, List.of("a=1", "b=2; Path=/x"));
		this.jar.extractCookies(SHOP, List.of("a=3", "b=; Path=/x; Max-Age=0", "c=4"));
		assertThat(this.log).containsExactly("stored [a, b] removed []", "publish", "stored [a, c] removed [b]",
				"publish");
	}

	@Test
	void equalCookieIsNoChange() {
		this.jar.extractCookies(SHOP, List.of("a=1"));
		this.log.clear();
		this.jar.extractCookies(SHOP, List.of("a=1"));
		this.jar.remove("other");
		assertThat(this.log).isEmpty();
	}

	@Test
	void changesOfCallersAreReportedToo() {
		this.jar.set("theme", "dark", "shop.example");
		this.jar.clear();
		assertThat(this.log).containsExactly("stored [theme] removed []", "publish", "stored [] removed [theme]",
				"publish");
	}

	@Test
	void expiredCookiesAreReported() {
		this.jar.set("old", "1", (cookie) -> cookie.domain("shop.example").expires(Instant.now().plusSeconds(60)));
		this.shared = List.of(this.jar.cookies().get(0).toBuilder().expires(Instant.EPOCH).build());
		this.jar.cookieHeader(SHOP);
		this.log.clear();
		this.jar.clearExpiredCookies();
		assertThat(this.log).containsExactly("stored [] removed [old]", "publish");
	}

	@Test
	void emptyJarIsRefreshedBeforeARequest() {
		this.shared = List.of(Cookie.builder("sid", "1").domain("shop.example").build());
		PreparedRequest request = new PreparedRequest();
		request.prepareUrl("https://shop.example/", null);
		request.prepareHeaders(null);
		request.prepareCookies(this.jar);
		assertThat(request.headers()).containsEntry("Cookie", "sid=1");
		assertThat(this.log).containsExactly("refresh");
	}

	@Test
	void copyIsNotShared() {
		this.jar.set("a", "1");
		this.log.clear();
		CookieJar copy = this.jar.copy();
		copy.set("b", "2");
		copy.cookieHeader(SHOP);
		assertThat(copy.isShared()).isFalse();
		assertThat(this.jar.isShared()).isTrue();
		assertThat(this.log).isEmpty();
	}

}
