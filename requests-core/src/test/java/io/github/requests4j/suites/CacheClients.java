package io.github.requests4j.suites;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.mizosoft.methanol.Methanol;
import okhttp3.Cache;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
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
enum CacheClients {

	SESSION("cache", CacheClients::session),

	OKHTTP("cache-okhttp", CacheClients::okhttp),

	METHANOL("cache-methanol", CacheClients::methanol),

	APACHE("cache-apache", CacheClients::apache);

	private static final int SIZE = 64 * 1024 * 1024;

	private final String suite;

	private final Starter starter;

	CacheClients(String suite, Starter starter) {
		this.suite = suite;
		this.starter = starter;
	}

	/** Returns the name of the suite that compares it. */
	String suite() {
		return this.suite;
	}

	CacheClient start() throws IOException {
		return this.starter.start();
	}

	@FunctionalInterface
	private interface Starter {

		CacheClient start() throws IOException;

	}

	/** A session with a cache in memory. */
	private static CacheClient session() {
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
	private static CacheClient okhttp() throws IOException {
		Path folder = Files.createTempDirectory("okhttp-cache");
		Cache cache = new Cache(folder.toFile(), SIZE);
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

	/** The JDK's client with Methanol's cache in memory. */
	private static CacheClient methanol() {
		com.github.mizosoft.methanol.HttpCache cache = com.github.mizosoft.methanol.HttpCache.newBuilder()
			.cacheOnMemory(SIZE)
			.build();
		Methanol client = Methanol.newBuilder()
			.cache(cache)
			.followRedirects(HttpClient.Redirect.NEVER)
			.autoAcceptEncoding(false)
			.build();
		return new CacheClient() {
			@Override
			public Answer send(String method, String url, List<String[]> headers, @Nullable String body)
					throws IOException {
				HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
					.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
				for (String[] header : headers) {
					request.header(header[0], header[1]);
				}
				try {
					HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
					return new Answer(response.statusCode(), response.headers().map(), response.body());
				}
				catch (InterruptedException | IllegalArgumentException ex) {
					// A negative Age is an IllegalArgumentException
					throw new IOException(ex);
				}
			}

			@Override
			public void close() throws IOException {
				cache.close();
			}
		};
	}

	/** Apache HttpClient with its cache in memory, as a private cache. */
	private static CacheClient apache() {
		CacheConfig config = CacheConfig.custom()
			.setSharedCache(false)
			.setHeuristicCachingEnabled(true)
			.setMaxCacheEntries(10_000)
			.build();
		CloseableHttpClient client = CachingHttpClients.custom()
			.setCacheConfig(config)
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(40).build())
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.build();
		return new CacheClient() {
			@Override
			public Answer send(String method, String url, List<String[]> headers, @Nullable String body)
					throws IOException {
				ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(url);
				for (String[] header : headers) {
					request.addHeader(header[0], header[1]);
				}
				if (body != null) {
					request.setEntity(body);
				}
				return client.execute(request.build(), (response) -> {
					Map<String, List<String>> received = new LinkedHashMap<>();
					for (Header header : response.getHeaders()) {
						received.computeIfAbsent(header.getName(), (name) -> new ArrayList<>()).add(header.getValue());
					}
					String text = (response.getEntity() != null) ? EntityUtils.toString(response.getEntity()) : "";
					return new Answer(response.getCode(), received, text);
				});
			}

			@Override
			public void close() throws IOException {
				client.close();
			}
		};
	}

}
