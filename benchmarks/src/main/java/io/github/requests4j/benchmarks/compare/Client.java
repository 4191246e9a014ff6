package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A client that is compared. It can be used by all threads of its workload.
 */
interface Client extends AutoCloseable {

	/** Sends a GET, reads the whole body into memory, and returns its length. */
	int get(String url) throws Exception;

	/** Does the same with request headers. */
	int get(String url, Map<String, String> headers) throws Exception;

	/** POSTs a record as JSON, and reads the response into a record. */
	Order post(String url, Order order) throws Exception;

	/** Sends a GET, streams the body, and returns its length. */
	default long download(String url) throws Exception {
		throw new UnsupportedOperationException("Not compared");
	}

	/** PUTs {@link Zeros} and returns their length. */
	default long upload(String url) throws Exception {
		throw new UnsupportedOperationException("Not compared");
	}

	@Override
	void close() throws Exception;

	/** Reads a stream to its end and returns its length. */
	static long drain(InputStream in) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		long total = 0;
		for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
			total += count;
		}
		return total;
	}

}
