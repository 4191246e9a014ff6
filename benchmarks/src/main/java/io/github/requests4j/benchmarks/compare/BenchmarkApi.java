package io.github.requests4j.benchmarks.compare;

import java.util.Map;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The interface of the server with Spring's annotations.
 */
interface BenchmarkApi {

	@GetExchange("/item")
	byte[] item();

	@GetExchange("/gzip")
	byte[] gzip();

	@GetExchange("/headers")
	byte[] headers(@RequestHeader Map<String, String> headers);

	@PostExchange("/echo")
	Order echo(@RequestBody Order order);

	/** Calls the method for the path of a URL. */
	static byte[] get(BenchmarkApi api, String url) {
		return url.endsWith("/item") ? api.item() : api.gzip();
	}

}
