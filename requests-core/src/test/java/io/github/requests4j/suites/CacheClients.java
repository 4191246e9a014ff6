package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import okhttp3.Cache;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;

/**
 * The clients that the suite compares.
 */
final class CacheClients {

	private CacheClients() {
	}

	/** A session with a cache in memory. */
	static CacheClient session() {
		HttpCache cache = HttpCache.builder().heuristic(true).build();
		Session session = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", cache.wrap(HttpAdapter.builder().build()))
			.build();
		return new CacheClient() {
			@Override
			public Answer send(String method, String url, List<String[]> headers, @Nullable String body)
					throws IOException {
				Map<String, String> fields = new LinkedHashMap<>();
				for (String[] header : headers) {
					fields.merge(header[0], header[1], (one, other) -> one + ", " + other);
				}
				try {
					Response response = session.request(method, url, (request) -> {
						request.headers(fields).allowRedirects(false);
						if (body != null) {
							request.data(body);
						}
					});
					Map<String, List<String>> received = new LinkedHashMap<>();
					response.headers().keySet().forEach((name) -> received.put(name, response.headers().getAll(name)));
					return new Answer(response.statusCode(), received, response.text());
				}
				catch (RequestException ex) {
					throw new IOException(ex);
				}
			}

			@Override
			public void close() {
				session.close();
				cache.close();
			}
		};
	}

	/** OkHttp with its cache in files. */
	static CacheClient okhttp() throws IOException {
		Path folder = Files.createTempDirectory("okhttp-cache");
		Cache cache = new Cache(folder.toFile(), 64 * 1024 * 1024);
		OkHttpClient client = new OkHttpClient.Builder().cache(cache).followRedirects(false).build();
		return new CacheClient() {
			@Override
			public Answer send(String method, String url, List<String[]> headers, @Nullable String body)
					throws IOException {
				Request.Builder request = new Request.Builder().url(url)
					.method(method, (body != null) ? RequestBody.create(body, (MediaType) null) : null);
				for (String[] header : headers) {
					request.addHeader(header[0], header[1]);
				}
				try (okhttp3.Response response = client.newCall(request.build()).execute()) {
					Map<String, List<String>> received = new LinkedHashMap<>();
					response.headers()
						.names()
						.forEach((name) -> received.put(name, new ArrayList<>(response.headers(name))));
					return new Answer(response.code(), received, response.body().string());
				}
			}

			@Override
			public void close() throws IOException {
				client.connectionPool().evictAll();
				cache.delete();
			}
		};
	}

}
