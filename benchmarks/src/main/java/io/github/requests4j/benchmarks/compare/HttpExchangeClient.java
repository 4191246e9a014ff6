package io.github.requests4j.benchmarks.compare;

import java.util.Map;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * A client of Spring's HTTP interfaces over RestClient over HttpClient 5.
 */
final class HttpExchangeClient implements Client {

	private final HttpComponentsClientHttpRequestFactory factory;

	private final BenchmarkApi api;

	HttpExchangeClient(Setup setup) {
		this.factory = new HttpComponentsClientHttpRequestFactory(ApacheClient.client(setup));
		RestClient client = RestClient.builder().baseUrl(setup.base()).requestFactory(this.factory).build();
		this.api = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
			.build()
			.createClient(BenchmarkApi.class);
	}

	@Override
	public int get(String url) {
		return BenchmarkApi.get(this.api, url).length;
	}

	@Override
	public Order post(String url, Order order) {
		return this.api.echo(order);
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return this.api.headers(headers).length;
	}

	@Override
	public void close() throws Exception {
		this.factory.destroy();
	}

}
