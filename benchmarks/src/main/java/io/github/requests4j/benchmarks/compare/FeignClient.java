package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import feign.Feign;
import feign.HeaderMap;
import feign.Headers;
import feign.RequestLine;
import feign.Response;
import feign.codec.Decoder;
import feign.codec.DefaultDecoder;
import feign.hc5.ApacheHttp5Client;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenFeign over HttpClient 5, with the same JSON library as the others.
 */
final class FeignClient implements Client {

	private final CloseableHttpClient apache;

	private final Api api;

	FeignClient(Setup setup) {
		JsonMapper json = JsonMapper.builder().build();
		Decoder bytes = new DefaultDecoder();
		this.apache = ApacheClient.client(setup);
		this.api = Feign.builder()
			.client(new ApacheHttp5Client(this.apache))
			.encoder((object, type, template) -> template.body(json.writeValueAsBytes(object), null))
			.decoder((response, type) -> (type == Order.class)
					? json.readValue(response.body().asInputStream(), Order.class) : bytes.decode(response, type))
			.target(Api.class, setup.base());
	}

	@Override
	public int get(String url) {
		return this.api.item().length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return this.api.headers(headers).length;
	}

	@Override
	public Order post(String url, Order order) {
		return this.api.echo(order);
	}

	@Override
	public long download(String url) throws IOException {
		try (Response response = this.api.big(); InputStream in = response.body().asInputStream()) {
			return Client.drain(in);
		}
	}

	@Override
	public void close() throws IOException {
		this.apache.close();
	}

	interface Api {

		@RequestLine("GET /item")
		byte[] item();

		@RequestLine("GET /headers")
		byte[] headers(@HeaderMap Map<String, String> headers);

		@RequestLine("GET /big")
		Response big();

		@RequestLine("POST /echo")
		@Headers("Content-Type: application/json")
		Order echo(Order order);

	}

}
