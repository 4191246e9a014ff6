package io.github.requests4j.spring.client.scanned;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * Found by scanning this package.
 */
@RequestsClient("s")
public interface ScannedClient {

	@GetExchange("/scanned")
	String get();

	/** Not registered: it has no annotation. */
	interface Unmarked {

		@GetExchange
		String get();

	}

	/** Begins the scan here. */
	@AutoConfigurationPackage
	class Application {

	}

}
