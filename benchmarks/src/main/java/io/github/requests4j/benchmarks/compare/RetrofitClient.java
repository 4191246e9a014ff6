package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import tools.jackson.databind.json.JsonMapper;

/**
 * Retrofit over OkHttp 5. It has no converter for the JSON library of the other clients,
 * so records are converted separately.
 */
final class RetrofitClient implements Client {

	private static final MediaType JSON = MediaType.get("application/json");

	private final JsonMapper json = JsonMapper.builder().build();

	private final OkHttpClient client;

	private final Api api;

	RetrofitClient(Setup setup) {
		this.client = OkHttpClientClient.client(setup);
		this.api = new Retrofit.Builder().baseUrl(setup.base() + "/").client(this.client).build().create(Api.class);
	}

	@Override
	public int get(String url) throws IOException {
		return bytes(this.api.item()).length;
	}

	@Override
	public int get(String url, Map<String, String> headers) throws IOException {
		return bytes(this.api.headers(headers)).length;
	}

	@Override
	public Order post(String url, Order order) throws IOException {
		RequestBody body = RequestBody.create(this.json.writeValueAsBytes(order), JSON);
		return this.json.readValue(bytes(this.api.echo(body)), Order.class);
	}

	private static byte[] bytes(Call<ResponseBody> call) throws IOException {
		try (ResponseBody body = Objects.requireNonNull(call.execute().body())) {
			return body.bytes();
		}
	}

	@Override
	public void close() {
		OkHttpClientClient.close(this.client);
	}

	interface Api {

		@GET("item")
		Call<ResponseBody> item();

		@GET("headers")
		Call<ResponseBody> headers(@HeaderMap Map<String, String> headers);

		@POST("echo")
		Call<ResponseBody> echo(@Body RequestBody order);

	}

}
