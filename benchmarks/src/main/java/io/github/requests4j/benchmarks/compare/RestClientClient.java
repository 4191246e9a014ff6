package io.github.requests4j.benchmarks.compare;

import java.util.Objects;

import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Spring's RestClient over HttpClient 5.
 */
final class RestClientClient implements Client {

	private final HttpComponentsClientHttpRequestFactory factory;

	private final RestClient client;

	RestClientClient(Setup setup) {
		this.factory = new HttpComponentsClientHttpRequestFactory(ApacheClient.client(setup));
		this.client = RestClient.builder().requestFactory(this.factory).build();
	}

	@Override
	public int get(String url) {
		return Objects.requireNonNull(this.client.get().uri(url).retrieve().body(byte[].class)).length;
	}

	@Override
	public Order post(String url, Order order) {
		return Objects.requireNonNull(this.client.post()
			.uri(url)
			.contentType(MediaType.APPLICATION_JSON)
			.body(order)
			.retrieve()
			.body(Order.class));
	}

	@Override
	public long download(String url) {
		return Objects.requireNonNull(
				this.client.get().uri(url).exchange((request, response) -> Client.drain(response.getBody())));
	}

	@Override
	public void close() throws Exception {
		this.factory.destroy();
	}

}
