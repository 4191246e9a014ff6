package io.github.requests4j.benchmarks.compare;

import java.util.function.Function;

/**
 * The clients that are compared.
 */
enum Candidate {

	/** The minimum that a Java program can do. */
	FLOOR("raw socket (the floor)", false, FloorClient::new),

	/** requests4j, a session. */
	SESSION("requests4j `Session`", true, SessionClient::new),

	/** The same with a cache that has every response. */
	CACHED("requests4j `Session`, from its cache", true, SessionClient::cached),

	/** requests4j, the static methods: a fresh session each time over a shared pool. */
	REQUESTS("requests4j `Requests.get`", true, RequestsClientClient::new),

	/** requests4j, an interface client of the starter. */
	INTERFACE("requests4j interface client", true, InterfaceClient::bare),

	/** The same with a circuit breaker and a retry. */
	RESILIENT("requests4j interface client, breaker and retry", true, InterfaceClient::resilient),

	/** The same, with each exchange logged as text. */
	LOGGED("requests4j interface client, logged as text", true, InterfaceClient::logged),

	/**
	 * The same, with each exchange logged as fields, which Spring Boot writes as JSON.
	 */
	FIELDS("requests4j interface client, logged as fields", true, InterfaceClient::fields),

	/** The same, with each exchange recorded by Micrometer. */
	OBSERVED("requests4j interface client, observed", true, InterfaceClient::observed),

	/** The same, with the phases of each exchange timed. */
	PHASES("requests4j interface client, observed with phases", true, InterfaceClient::phases),

	/** Apache HttpClient 5 with its defaults. */
	APACHE("Apache HttpClient 5", false, ApacheClient::new),

	/** Spring's RestClient over HttpClient 5. */
	REST_CLIENT("Spring `RestClient` over HttpClient 5", false, RestClientClient::overApache),

	/** Spring's RestClient over the client of the JDK. */
	REST_CLIENT_JDK("Spring `RestClient` over the JDK's client", false, RestClientClient::overJdk),

	/** A client of Spring's HTTP interfaces over RestClient over HttpClient 5. */
	HTTP_EXCHANGE("Spring `@HttpExchange` over `RestClient`", false, HttpExchangeClient::new),

	/** OpenFeign over HttpClient 5. */
	FEIGN("OpenFeign over HttpClient 5", false, FeignClient::new),

	/** OkHttp 5. */
	OKHTTP("OkHttp 5", false, OkHttpClientClient::new),

	/** Retrofit over OkHttp 5. */
	RETROFIT("Retrofit over OkHttp 5", false, RetrofitClient::new),

	/** Jetty's client in blocking use. */
	JETTY("Jetty HttpClient, blocking", false, JettyClient::new),

	/** Helidon's client, which requires Java 21 or newer. */
	HELIDON("Helidon WebClient", false, Candidate::helidon);

	private final String title;

	private final boolean ours;

	private final Function<Setup, Client> factory;

	Candidate(String title, boolean ours, Function<Setup, Client> factory) {
		this.title = title;
		this.ours = ours;
		this.factory = factory;
	}

	String title() {
		return this.title;
	}

	/** Returns whether it belongs to this project. */
	boolean isOurs() {
		return this.ours;
	}

	boolean isPossible() {
		return this != HELIDON || NewerSources.isPossible();
	}

	/**
	 * Creates the client by name, because its class does not exist when the others are
	 * compiled.
	 */
	private static Client helidon(Setup setup) {
		try {
			return (Client) Class.forName(Candidate.class.getPackageName() + ".HelidonClient")
				.getDeclaredConstructor(Setup.class)
				.newInstance(setup);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Helidon's WebClient cannot be opened", ex);
		}
	}

	Client open(Setup setup) {
		return this.factory.apply(setup);
	}

}
