package io.github.requests4j.benchmarks.compare;

import java.io.IOException;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Apache HttpClient 5 with its defaults, but for the size of the pool and the trusted
 * authority.
 */
final class ApacheClient implements Client {

	private final JsonMapper json = JsonMapper.builder().build();

	private final CloseableHttpClient client;

	ApacheClient(Setup setup) {
		this.client = client(setup);
	}

	static CloseableHttpClient client(Setup setup) {
		return HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnPerRoute(setup.connections())
				.setMaxConnTotal(setup.connections())
				.setTlsSocketStrategy(new DefaultClientTlsStrategy(setup.tls()))
				.build())
			.build();
	}

	@Override
	public int get(String url) throws IOException {
		return this.client.execute(new HttpGet(url),
				(response) -> EntityUtils.toByteArray(response.getEntity())).length;
	}

	@Override
	public Order post(String url, Order order) throws IOException {
		HttpPost post = new HttpPost(url);
		post.setEntity(new ByteArrayEntity(this.json.writeValueAsBytes(order), ContentType.APPLICATION_JSON));
		return this.client.execute(post,
				(response) -> this.json.readValue(EntityUtils.toByteArray(response.getEntity()), Order.class));
	}

	@Override
	public long download(String url) throws IOException {
		return this.client.execute(new HttpGet(url), (response) -> Client.drain(response.getEntity().getContent()));
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
