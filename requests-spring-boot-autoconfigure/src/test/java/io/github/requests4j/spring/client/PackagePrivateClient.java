package io.github.requests4j.spring.client;

import org.springframework.web.service.annotation.GetExchange;

/**
 * Neither public nor nested.
 */
@RequestsClient("s")
interface PackagePrivateClient {

	@GetExchange("/package")
	ClientInterfacesTests.Item get();

	default String name() {
		return "PackagePrivateClient " + get().name();
	}

}
