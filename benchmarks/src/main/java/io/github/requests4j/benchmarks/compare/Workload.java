package io.github.requests4j.benchmarks.compare;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The workloads. Their numbers of calls are chosen so that all rounds take about the same
 * time.
 */
enum Workload {

	/** A GET of 200 bytes of JSON, one thread. */
	GET(1, 1, 8_000, "/item", "GET of 200 bytes, one thread"),

	/** A GET of a response that may be cached for a day. */
	CACHEABLE(1, 1, 8_000, "/cacheable", "GET of 200 bytes with max-age, one thread"),

	/** The first workload with 32 threads. */
	GET32(32, 32, 16_000, "/item", "GET of 200 bytes, 32 threads, pool of 32"),

	/** The same with 256 virtual threads, which require Java 21. */
	VIRTUAL(256, 64, 16_000, "/item", "GET of 200 bytes, 256 virtual threads, pool of 64"),

	/** A POST of 1 KiB of JSON, from a record and to a record. */
	POST(1, 1, 8_000, "/echo", "POST of 1 KiB JSON, from and to records"),

	/** The first workload over TLS. */
	TLS(1, 1, 8_000, "/item", "GET of 200 bytes over TLS"),

	/** 30 headers in both directions. */
	HEADERS(1, 1, 8_000, "/headers", "GET, request and response with 30 headers"),

	/** A response with 30 headers and a body that must be decoded. */
	GZIP(1, 1, 8_000, "/gzip", "GET, response with 30 headers and gzip"),

	/** Three redirects, each of which sets a cookie, and the final item. */
	REDIRECTS(1, 1, 2_000, "/redirect/3", "Chain of 3 redirects with cookies"),

	/** One call to each of a hundred hosts, again and again. */
	HOSTS(1, 100, 10_000, "/item", "10,000 sequential calls over 100 hosts"),

	/** A download of 64 MiB. */
	DOWNLOAD(1, 1, 8, "/big", "64 MiB down"),

	/** An upload of 64 MiB. */
	UPLOAD(1, 1, 8, "/upload", "64 MiB up");

	/** The headers of a request of {@link #HEADERS}. */
	static final Map<String, String> REQUEST_HEADERS = IntStream.range(0, 28)
		.boxed()
		.collect(Collectors.toUnmodifiableMap((i) -> "X-Header-" + i, (i) -> "value number " + i));

	private final int threads;

	private final int connections;

	private final int calls;

	private final String path;

	private final String title;

	Workload(int threads, int connections, int calls, String path, String title) {
		this.threads = threads;
		this.connections = connections;
		this.calls = calls;
		this.path = path;
		this.title = title;
	}

	int threads() {
		return this.threads;
	}

	/** Returns the maximum number of connections of a client. */
	int connections() {
		return this.connections;
	}

	/** Returns the number of calls in a round. */
	int calls() {
		return this.calls;
	}

	String path() {
		return this.path;
	}

	String title() {
		return this.title;
	}

	boolean isSecure() {
		return this == TLS;
	}

	boolean isPossible() {
		return this != VIRTUAL || Runtime.version().feature() >= 21;
	}

	/**
	 * Returns whether a candidate supports this workload. For example, clients with one
	 * base URL do not support many hosts, and cookies require a client that stores them
	 * by default.
	 */
	Set<Candidate> candidates() {
		Set<Candidate> candidates = switch (this) {
			case VIRTUAL -> EnumSet.complementOf(EnumSet.of(Candidate.REQUESTS, Candidate.REST_CLIENT_JDK));
			case CACHEABLE -> EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.CACHED);
			case GZIP -> EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.INTERFACE, Candidate.APACHE,
					Candidate.REST_CLIENT, Candidate.OKHTTP, Candidate.JETTY);
			case REDIRECTS -> EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.REQUESTS, Candidate.APACHE,
					Candidate.REST_CLIENT, Candidate.JETTY);
			case HOSTS, UPLOAD -> EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.APACHE,
					Candidate.REST_CLIENT, Candidate.OKHTTP, Candidate.JETTY);
			case DOWNLOAD -> EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.INTERFACE, Candidate.APACHE,
					Candidate.REST_CLIENT, Candidate.FEIGN, Candidate.OKHTTP, Candidate.JETTY, Candidate.HELIDON);
			default -> EnumSet.allOf(Candidate.class);
		};
		candidates
			.removeIf((candidate) -> !candidate.isPossible() || (candidate == Candidate.CACHED && this != CACHEABLE));
		return candidates;
	}

	/** Makes one call and returns the number of bytes received or sent. */
	long call(Client client, String url, int number) throws Exception {
		return switch (this) {
			case POST -> client.post(url, Order.sample()).note().length();
			case DOWNLOAD -> client.download(url);
			case UPLOAD -> client.upload(url);
			case HEADERS -> client.get(url, REQUEST_HEADERS);
			case HOSTS -> client.get(url.replace("127.0.0.1", "127.0.0." + (1 + number % 100)));
			default -> client.get(url);
		};
	}

	/** Returns all workloads that this Java version supports. */
	static Set<Workload> possible() {
		return Arrays.stream(values())
			.filter(Workload::isPossible)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Workload.class)));
	}

}
