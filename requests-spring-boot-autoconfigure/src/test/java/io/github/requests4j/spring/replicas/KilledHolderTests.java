package io.github.requests4j.spring.replicas;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.spring.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A replica that dies while it requests the token that the others wait for.
 */
@Tag("deep")
@Timeout(300)
class KilledHolderTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	@Test
	void oneOtherReplicaRequestsTheToken(@TempDir Path folder) throws Exception {
		try (Replicas replicas = new Replicas(folder, redis)) {
			replicas.authorization().hold();
			replicas.get(0).send("call token 1 1");
			await().until(() -> replicas.authorization().asked() == 1);
			replicas.get(0).kill();
			replicas.get(1).send("call token 4 1");
			replicas.get(2).send("call token 4 1");
			replicas.authorization().release();
			for (int i = 1; i < Replicas.COUNT; i++) {
				assertThat(replicas.get(i).answer().get("ok")).isEqualTo(4);
			}
			assertThat(replicas.authorization().asked()).isEqualTo(2);
		}
	}

}
