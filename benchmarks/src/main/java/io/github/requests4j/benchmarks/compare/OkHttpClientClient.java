package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.json.JsonMapper;

/**
 * OkHttp 5 with its defaults, but for the size of the pool and the trusted authority.
 */
final class OkHttpClientClient implements Client {

	private static final MediaType JSON = MediaType.get("application/json");

	private final JsonMapper json = JsonMapper.builder().build();

	private final OkHttpClient client;

	OkHttpClientClient(Setup setup) {
		this.client = new OkHttpClient.Builder()
			.connectionPool(new ConnectionPool(setup.connections(), 5, TimeUnit.MINUTES))
			.sslSocketFactory(setup.tls().getSocketFactory(), setup.trustManager())
			.build();
	}

	@Override
	public int get(String url) throws IOException {
		try (Response response = call(new Request.Builder().url(url).build())) {
			return response.body().bytes().length;
		}
	}

	@Override
	public Order post(String url, Order order) throws IOException {
		RequestBody body = RequestBody.create(this.json.writeValueAsBytes(order), JSON);
		try (Response response = call(new Request.Builder().url(url).post(body).build())) {
			return this.json.readValue(response.body().bytes(), Order.class);
		}
	}

	@Override
	public long download(String url) throws IOException {
		try (Response response = call(new Request.Builder().url(url).build())) {
			return Client.drain(response.body().byteStream());
		}
	}

	private Response call(Request request) throws IOException {
		return this.client.newCall(request).execute();
	}

	@Override
	public void close() {
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

}
