package io.github.requests4j.benchmarks.compare;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Spring's RestClient.
 */
final class RestClientClient implements Client {

	private final RestClient client;

	private final AutoCloseable resource;

	private RestClientClient(ClientHttpRequestFactory factory, AutoCloseable resource) {
		this.client = RestClient.builder().requestFactory(factory).build();
		this.resource = resource;
	}

	static RestClientClient overApache(Setup setup) {
		HttpComponentsClientHttpRequestFactory factory = new HttpComponentsClientHttpRequestFactory(
				ApacheClient.client(setup));
		return new RestClientClient(factory, factory::destroy);
	}

	static RestClientClient overJdk(Setup setup) {
		HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
		if (setup.isSecure()) {
			builder.sslContext(setup.tls());
		}
		// It cannot be closed before Java 21
		return new RestClientClient(new JdkClientHttpRequestFactory(builder.build()), () -> {
		});
	}

	@Override
	public int get(String url) {
		return Objects.requireNonNull(this.client.get().uri(url).retrieve().body(byte[].class)).length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return Objects.requireNonNull(this.client.get()
			.uri(url)
			.headers((target) -> headers.forEach(target::set))
			.retrieve()
			.body(byte[].class)).length;
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
	public long upload(String url) {
		InputStreamResource body = new InputStreamResource(new Zeros()) {

			@Override
			public long contentLength() {
				return Zeros.LENGTH;
			}

		};
		this.client.put()
			.uri(url)
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(body)
			.retrieve()
			.toBodilessEntity();
		return Zeros.LENGTH;
	}

	@Override
	public void close() throws Exception {
		this.resource.close();
	}

}
