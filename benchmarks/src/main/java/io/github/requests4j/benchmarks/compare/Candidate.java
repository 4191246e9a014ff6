package io.github.requests4j.benchmarks.compare;

import java.util.function.Function;

/**
 * Who is compared.
 */
enum Candidate {

	/** The least that a Java program can do. */
	FLOOR("raw socket (the floor)", FloorClient::new),

	/** requests4j, a session. */
	SESSION("requests4j `Session`", SessionClient::new),

	/** requests4j, an interface client of the starter. */
	INTERFACE("requests4j interface client", (setup) -> new InterfaceClient(setup, false)),

	/** The same, each exchange recorded by Micrometer. */
	OBSERVED("requests4j interface client, observed", (setup) -> new InterfaceClient(setup, true)),

	/** Apache HttpClient 5 as it comes. */
	APACHE("Apache HttpClient 5", ApacheClient::new),

	/** Spring's RestClient over HttpClient 5. */
	REST_CLIENT("Spring `RestClient` over HttpClient 5", RestClientClient::new),

	/** A client of Spring's HTTP interfaces over that RestClient. */
	HTTP_EXCHANGE("Spring `@HttpExchange` over `RestClient`", HttpExchangeClient::new),

	/** OpenFeign over HttpClient 5. */
	FEIGN("OpenFeign over HttpClient 5", FeignClient::new),

	/** OkHttp 5. */
	OKHTTP("OkHttp 5", OkHttpClientClient::new);

	private final String title;

	private final Function<Setup, Client> factory;

	Candidate(String title, Function<Setup, Client> factory) {
		this.title = title;
		this.factory = factory;
	}

	String title() {
		return this.title;
	}

	Client open(Setup setup) {
		return this.factory.apply(setup);
	}

}
