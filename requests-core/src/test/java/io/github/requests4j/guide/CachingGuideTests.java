package io.github.requests4j.guide;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/guide/caching.md shows.
 */
class CachingGuideTests {

	@Test
	void cache() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.of(200, "[]", "Cache-Control: max-age=60"))) {
			String site = server.url("");
			// tag::cache[]
			HttpCache cache = HttpCache.builder().maxSize(64 * 1024 * 1024).build();
			Session session = Session.builder()
				.mount("https://", cache.wrap(HttpAdapter.builder().build()))
				.mount("http://", cache.wrap(HttpAdapter.builder().build()))
				.build();
			// end::cache[]
			try (cache; session) {
				// tag::cache-status[]
				session.get(site + "/items");
				CacheStatus status = CacheStatus.of(session.get(site + "/items"));
				// requests4j; hit; ttl=60
				System.out.println(status);
				// end::cache-status[]
				assertThat(status).isNotNull();
				assertThat(status.hit()).isTrue();
				control(session, site);
				assertThat(server.requests()).hasSize(3);
				bypass(session, site);
				assertThat(server.requests()).hasSize(4);
			}
		}
	}

	private static void bypass(Session session, String site) {
		// tag::cache-bypass[]
		// Bypasses the cache without telling the server
		Response direct = session.get(site + "/items", (request) -> request.cache(false));
		// requests4j; fwd=bypass
		System.out.println(CacheStatus.of(direct));
		// end::cache-bypass[]
		assertThat(CacheStatus.of(direct)).hasToString("requests4j; fwd=bypass");
	}

	private static void control(Session session, String site) {
		// tag::cache-control[]
		// Asks the server
		session.get(site + "/items", (request) -> request.header("Cache-Control", "no-cache"));
		// Bypasses the cache
		session.get(site + "/items", (request) -> request.header("Cache-Control", "no-store"));
		// Accepts a response that has been stale for up to a minute
		session.get(site + "/items", (request) -> request.header("Cache-Control", "max-stale=60"));
		// Never asks the server: status 504 if nothing is stored
		Response stored = session.get(site + "/items", (request) -> request.header("Cache-Control", "only-if-cached"));
		// end::cache-control[]
		assertThat(stored.statusCode()).isEqualTo(200);
	}

}
