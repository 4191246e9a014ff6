package io.github.requests4j.spring.redis;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * In cluster mode Redis rejects commands whose keys are not on the same node.
 */
@Timeout(120)
class RedisClusterTests {

	@RegisterExtension
	static final RedisServer redis = RedisServer.cluster();

	@Test
	void entriesAreStoredReadUpdatedAndRemoved() throws IOException {
		try (Origin origin = new Origin(); Replica replica = Replica.start(redis, origin.url())) {
			for (String path : new String[] { "/100/a", "/300000/a", "/2000000/a" }) {
				origin.respondWith("Cache-Control", "max-age=0", "ETag", "\"1\"");
				replica.get(path);
				origin.respondWith("Cache-Control", "max-age=600", "ETag", "\"1\"");
				assertThat(CacheStatus.of(replica.get(path)).forwardedStatus()).isEqualTo(304);
				Response response = replica.get(path);
				assertThat(CacheStatus.of(response).hit()).isTrue();
				assertThat(response.content()).isEqualTo(Origin.body(path, "null"));
				replica.session().delete(path);
				assertThat(replica.hits(path)).isFalse();
				assertThat(replica.hits(path)).isTrue();
			}
			replica.clear();
			await().until(() -> !replica.hits("/100/a"));
			assertThat(replica.redis().counts().values())
				.allSatisfy((counts) -> assertThat(counts.failures()).isZero());
		}
	}

}
