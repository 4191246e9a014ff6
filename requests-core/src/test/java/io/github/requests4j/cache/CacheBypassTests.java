package io.github.requests4j.cache;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that bypass the cache of their session.
 */
class CacheBypassTests {

	private final AtomicInteger served = new AtomicInteger();

	private Reply count(RawRequest request) {
		return request.path().equals("/old") ? Reply.of(302, "", "Location: /items", "Cache-Control: max-age=60")
				: Reply.of(200, Integer.toString(this.served.incrementAndGet()), "Cache-Control: max-age=60");
	}

	private static Response bypass(CachedOrigin origin, String path) {
		return origin.get(path, (request) -> request.cache(false));
	}

	@Test
	void bypassNeitherReadsNorStores() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count)) {
			Response first = bypass(origin, "/items");
			assertThat(first.text()).isEqualTo("1");
			assertThat(first.headers().get("Cache-Status")).isEqualTo("requests4j; fwd=bypass");
			assertThat(origin.cache().statistics().size()).isZero();
			assertThat(origin.get("/items").text()).as("nothing was stored").isEqualTo("2");
			assertThat(bypass(origin, "/items").text()).as("nothing is read").isEqualTo("3");
			assertThat(origin.get("/items").text()).as("nothing was replaced").isEqualTo("2");
		}
	}

	@Test
	void bypassDoesNotChangeTheRequest() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count)) {
			bypass(origin, "/items");
			assertThat(origin.server().requests().get(0).headerNames()).doesNotContain("Cache-Control", "Pragma");
		}
	}

	@Test
	void redirectsOfABypassAlsoBypassTheCache() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count)) {
			origin.get("/old");
			Response second = bypass(origin, "/old");
			assertThat(second.text()).isEqualTo("2");
			assertThat(second.history()).extracting((hop) -> CacheStatus.of(hop).forwarded()).containsExactly("bypass");
		}
	}

	@Test
	void concurrentBypassIsNotCoalesced() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count, (builder) -> builder.collapse(true))) {
			assertThat(bypass(origin, "/items").text()).isEqualTo("1");
			assertThat(CacheStatus.of(bypass(origin, "/items")).collapsed()).isFalse();
		}
	}

	@Test
	void unsafeBypassStillInvalidatesItsUrl() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count)) {
			assertThat(origin.get("/items").text()).isEqualTo("1");
			Response changed = origin.session()
				.post(origin.server().url("/items"), (request) -> request.data("x").cache(false));
			assertThat(CacheStatus.of(changed).forwarded()).isEqualTo("method");
			assertThat(origin.get("/items").text()).isEqualTo("3");
		}
	}

	@Test
	void aDerivedSessionBypassesTheCacheByDefault() throws IOException {
		try (CachedOrigin origin = CachedOrigin.start(this::count);
				Session direct = origin.session().derive((builder) -> builder.cache(false))) {
			String url = origin.server().url("/items");
			assertThat(direct.get(url).text()).isEqualTo("1");
			assertThat(direct.get(url).text()).isEqualTo("2");
			assertThat(direct.get(url, (request) -> request.cache(true)).text()).isEqualTo("3");
			assertThat(direct.get(url, (request) -> request.cache(true)).text()).isEqualTo("3");
		}
	}

}
