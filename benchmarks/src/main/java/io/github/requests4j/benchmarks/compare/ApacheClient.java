package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.Map;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Apache HttpClient 5 with its defaults, except for the size of the pool and the trusted
 * authority.
 */
final class ApacheClient implements Client {

	private final JsonMapper json = JsonMapper.builder().build();

	private final CloseableHttpClient client;

	ApacheClient(Setup setup) {
		this.client = client(setup);
	}

	static CloseableHttpClient client(Setup setup) {
		PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
			.setMaxConnPerRoute(setup.connections())
			.setMaxConnTotal(setup.connections());
		if (setup.isSecure()) {
			connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(setup.tls()));
		}
		return HttpClients.custom().setConnectionManager(connections.build()).build();
	}

	@Override
	public int get(String url) throws IOException {
		return this.client.execute(new HttpGet(url),
				(response) -> EntityUtils.toByteArray(response.getEntity())).length;
	}

	@Override
	public int get(String url, Map<String, String> headers) throws IOException {
		HttpGet get = new HttpGet(url);
		headers.forEach(get::addHeader);
		return this.client.execute(get, (response) -> EntityUtils.toByteArray(response.getEntity())).length;
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
	public long upload(String url) throws IOException {
		HttpPut put = new HttpPut(url);
		put.setEntity(new InputStreamEntity(new Zeros(), Zeros.LENGTH, ContentType.APPLICATION_OCTET_STREAM));
		this.client.execute(put, (response) -> EntityUtils.toByteArray(response.getEntity()));
		return Zeros.LENGTH;
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
