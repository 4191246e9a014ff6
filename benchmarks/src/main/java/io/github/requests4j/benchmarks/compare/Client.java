package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A client that is compared. Safe for the threads of its workload.
 */
interface Client extends AutoCloseable {

	/** GETs and reads the whole body into memory; gives its length. */
	int get(String url) throws Exception;

	/** The same with headers of the request. */
	int get(String url, Map<String, String> headers) throws Exception;

	/** POSTs a record as JSON, and reads the answer into a record. */
	Order post(String url, Order order) throws Exception;

	/** GETs and reads the body piece by piece; gives its length. */
	default long download(String url) throws Exception {
		throw new UnsupportedOperationException("Not compared");
	}

	/** PUTs {@link Zeros}; gives their length. */
	default long upload(String url) throws Exception {
		throw new UnsupportedOperationException("Not compared");
	}

	@Override
	void close() throws Exception;

	/** Reads a stream to its end; gives its length. */
	static long drain(InputStream in) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		long total = 0;
		for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
			total += count;
		}
		return total;
	}

}
