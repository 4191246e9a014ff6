package io.github.requests4j.benchmarks.compare;

import java.util.Locale;

/**
 * What is measured.
 */
enum Workload {

	/** A GET of 200 bytes of JSON, one thread. */
	GET(1, "/item", "GET of 200 bytes, one thread"),

	/** The same by 32 threads. */
	GET32(32, "/item", "GET of 200 bytes, 32 threads"),

	/** A POST of 1 KiB of JSON, from a record and to a record. */
	POST(1, "/echo", "POST of 1 KiB JSON, from and to records"),

	/** The first over TLS. */
	TLS(1, "/item", "GET of 200 bytes over TLS"),

	/** A response with 30 headers. */
	HEADERS(1, "/headers", "GET, response with 30 headers"),

	/** A download of 64 MiB. */
	DOWNLOAD(1, "/big", "64 MiB down");

	private final int threads;

	private final String path;

	private final String title;

	Workload(int threads, String path, String title) {
		this.threads = threads;
		this.path = path;
		this.title = title;
	}

	int threads() {
		return this.threads;
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

	/** How many calls a round has, so that all rounds take about as long. */
	int calls() {
		return switch (this) {
			case DOWNLOAD -> 6;
			case GET32 -> 16_000;
			default -> 8_000;
		};
	}

	static Workload of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

}
