package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * OkHttp 5 with its defaults, except for the size of the pool and the trusted authority.
 */
final class OkHttpClientClient implements Client {

	private static final MediaType JSON = MediaType.get("application/json");

	private final JsonMapper json = JsonMapper.builder().build();

	private final OkHttpClient client;

	OkHttpClientClient(Setup setup) {
		this.client = client(setup);
	}

	static OkHttpClient client(Setup setup) {
		OkHttpClient.Builder builder = new OkHttpClient.Builder()
			.connectionPool(new ConnectionPool(setup.connections(), 5, TimeUnit.MINUTES));
		if (setup.isSecure()) {
			builder.sslSocketFactory(setup.tls().getSocketFactory(), setup.trustManager());
		}
		return builder.build();
	}

	@Override
	public int get(String url) throws IOException {
		try (Response response = call(new Request.Builder().url(url).build())) {
			return response.body().bytes().length;
		}
	}

	@Override
	public int get(String url, Map<String, String> headers) throws IOException {
		try (Response response = call(new Request.Builder().url(url).headers(Headers.of(headers)).build())) {
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

	@Override
	public long upload(String url) throws IOException {
		try (Response response = call(new Request.Builder().url(url).put(new ZerosBody()).build())) {
			response.body().bytes();
			return Zeros.LENGTH;
		}
	}

	private Response call(Request request) throws IOException {
		return this.client.newCall(request).execute();
	}

	@Override
	public void close() {
		close(this.client);
	}

	static void close(OkHttpClient client) {
		client.dispatcher().executorService().shutdown();
		client.connectionPool().evictAll();
	}

	private static final class ZerosBody extends RequestBody {

		@Override
		public @Nullable MediaType contentType() {
			return null;
		}

		@Override
		public long contentLength() {
			return Zeros.LENGTH;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			try (Source source = Okio.source(new Zeros())) {
				sink.writeAll(source);
			}
		}

	}

}
