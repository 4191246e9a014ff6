package io.github.requests4j.benchmarks.compare;

import java.io.InputStream;
import java.util.Map;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.api.WebClientConfig;
import tools.jackson.databind.json.JsonMapper;

/**
 * Helidon's WebClient with its defaults, except for the size of the pool and the trusted
 * authority. The pool is a cache of idle connections and does not limit open ones.
 */
final class HelidonClient implements Client {

	private final JsonMapper json = JsonMapper.builder().build();

	private final WebClient client;

	HelidonClient(Setup setup) {
		WebClientConfig.Builder builder = WebClient.builder().connectionCacheSize(setup.connections());
		if (setup.isSecure()) {
			builder.tls((tls) -> tls.sslContext(setup.tls()));
		}
		this.client = builder.build();
	}

	@Override
	public int get(String url) {
		return this.client.get(url).requestEntity(byte[].class).length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		HttpClientRequest request = this.client.get(url);
		headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
		return request.requestEntity(byte[].class).length;
	}

	@Override
	public Order post(String url, Order order) {
		byte[] body = this.client.post(url)
			.contentType(MediaTypes.APPLICATION_JSON)
			.submit(this.json.writeValueAsBytes(order), byte[].class)
			.entity();
		return this.json.readValue(body, Order.class);
	}

	@Override
	public long download(String url) throws Exception {
		try (HttpClientResponse response = this.client.get(url).request(); InputStream body = response.inputStream()) {
			return Client.drain(body);
		}
	}

	@Override
	public void close() {
		this.client.closeResource();
	}

}
