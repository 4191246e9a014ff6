package io.github.requests4j.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import feign.Feign;
import feign.FeignException;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.TypedResponse;
import feign.Util;
import feign.auth.BasicAuthRequestInterceptor;
import feign.codec.ErrorDecoder;
import feign.hc5.ApacheHttp5Client;
import feign.jackson.JacksonDecoder;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The tasks with OpenFeign and Apache HttpClient.
 */
final class FeignSolutions implements Tasks {

	private final String server;

	private final String tlsServer;

	private final Path directory;

	FeignSolutions(String server, String tlsServer, Path directory) {
		this.server = server;
		this.tlsServer = tlsServer;
		this.directory = directory;
	}

	@Override
	public Item item(String task) {
		ItemClient client = switch (task) {
			case "timeouts" -> timeouts(builder()).target(ItemClient.class, this.server);
			case "retry" -> retry(builder()).target(ItemClient.class, this.server);
			case "basic" -> basic(builder()).target(ItemClient.class, this.server);
			case "digest" -> digest(builder()).target(ItemClient.class, this.server);
			case "bearer" -> bearer(builder()).target(ItemClient.class, this.server);
			case "certificate" -> certificate(builder(), this.directory).target(ItemClient.class, this.tlsServer);
			case "proxy" -> proxy(builder(), URI.create(this.server)).target(ItemClient.class, "http://upstream.test");
			case "errors" -> errors(builder()).target(ItemClient.class, this.server);
			default -> json(this.server);
		};
		return client.item("tea");
	}

	private static Feign.Builder builder() {
		return Feign.builder()
			.client(new ApacheHttp5Client())
			.decoder(new JacksonDecoder())
			.retryer(Retryer.NEVER_RETRY);
	}

	// tag::json[]
	interface ItemClient {

		@RequestLine("GET /items/{id}")
		Item item(@Param("id") String id);

	}

	static ItemClient json(String url) {
		return Feign.builder()
			.client(new ApacheHttp5Client())
			.decoder(new JacksonDecoder())
			.target(ItemClient.class, url);
	}
	// end::json[]

	static Feign.Builder timeouts(Feign.Builder builder) {
		return builder
			// tag::timeouts[]
			.options(new Request.Options(1, TimeUnit.SECONDS, 300, TimeUnit.MILLISECONDS, true))
		// end::timeouts[]
		;
	}

	static Feign.Builder retry(Feign.Builder builder) {
		return builder
			// tag::retry[]
			.client(new ApacheHttp5Client(HttpClients.custom().disableAutomaticRetries().build()))
			.retryer(new Retryer.Default(100, 5000, 3))
		// end::retry[]
		;
	}

	static Feign.Builder basic(Feign.Builder builder) {
		return builder
			// tag::basic[]
			.requestInterceptor(new BasicAuthRequestInterceptor("depot", "secret"))
		// end::basic[]
		;
	}

	// tag::digest[]
	static Feign.Builder digest(Feign.Builder builder) {
		return builder.client(new ApacheHttp5Client(HttpClients.custom()
			.setDefaultCredentialsProvider(CredentialsProviderBuilder.create()
				.add(new AuthScope(null, -1), "depot", "secret".toCharArray())
				.build())
			.build()));
	}
	// end::digest[]

	static Feign.Builder bearer(Feign.Builder builder) {
		return builder
			// tag::bearer[]
			.requestInterceptor((template) -> template.header("Authorization", "Bearer t-1"))
		// end::bearer[]
		;
	}

	// tag::certificate[]
	static Feign.Builder certificate(Feign.Builder builder, Path directory) {
		String client = directory.resolve("client.pem").toString();
		String authority = directory.resolve("ca.pem").toString();
		SslBundle partner = SslBundle
			.of(new PemSslStoreBundle(PemSslStoreDetails.forCertificate(client).withPrivateKey(client),
					PemSslStoreDetails.forCertificate(authority)));
		return builder.client(new ApacheHttp5Client(HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setTlsSocketStrategy(new DefaultClientTlsStrategy(partner.createSslContext()))
				.build())
			.build()));
	}
	// end::certificate[]

	static Feign.Builder proxy(Feign.Builder builder, URI proxy) {
		return builder
			// tag::proxy[]
			.client(new ApacheHttp5Client(HttpClients.custom().setProxy(HttpHost.create(proxy)).build()))
		// end::proxy[]
		;
	}

	// tag::errors[]
	static final class SoldOutDecoder implements ErrorDecoder {

		private final ErrorDecoder others = new ErrorDecoder.Default();

		@Override
		public Exception decode(String method, Response response) {
			if (response.status() != 409) {
				return this.others.decode(method, response);
			}
			try {
				return new SoldOutException(Util.toString(response.body().asReader(StandardCharsets.UTF_8)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	static Feign.Builder errors(Feign.Builder builder) {
		return builder.errorDecoder(new SoldOutDecoder());
	}
	// end::errors[]

	interface PagingClient {

		// tag::paging[]
		@RequestLine("GET")
		TypedResponse<List<Item>> page(URI page);
		// end::paging[]

	}

	// tag::paging[]
	static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?next\"?");

	static List<Item> all(PagingClient client, URI first) {
		List<Item> items = new ArrayList<>();
		for (URI page = first; page != null;) {
			TypedResponse<List<Item>> response = client.page(page);
			items.addAll(response.body());
			Matcher next = NEXT.matcher(String.join(", ", response.headers().getOrDefault("Link", Set.of())));
			page = next.find() ? page.resolve(next.group(1)) : null;
		}
		return items;
	}
	// end::paging[]

	@Override
	public List<Item> pages(URI first) {
		return all(builder().target(PagingClient.class, this.server), first);
	}

	interface DownloadClient {

		// tag::download[]
		@RequestLine("GET /big")
		Response big();
		// end::download[]

	}

	// tag::download[]
	static long save(DownloadClient client, Path file, LongConsumer progress) throws IOException {
		long bytes = 0;
		try (Response response = client.big()) {
			if (response.status() >= 400) {
				throw FeignException.errorStatus("big", response);
			}
			try (InputStream in = response.body().asInputStream(); OutputStream out = Files.newOutputStream(file)) {
				byte[] buffer = new byte[8192];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					out.write(buffer, 0, read);
					bytes += read;
					progress.accept(bytes);
				}
			}
		}
		return bytes;
	}
	// end::download[]

	@Override
	public long download(Path file, LongConsumer progress) throws IOException {
		return save(builder().target(DownloadClient.class, this.server), file, progress);
	}

}
