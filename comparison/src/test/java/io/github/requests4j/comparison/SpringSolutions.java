package io.github.requests4j.comparison;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;

/**
 * The tasks with Spring's HTTP service clients and Apache HttpClient.
 */
final class SpringSolutions implements Tasks {

	private static final Map<String, Class<? extends ItemClient>> CLIENTS = Map.of("json", ItemClient.class, "timeouts",
			TimeoutsClient.class, "retry", RetryClient.class, "basic", BasicClient.class, "digest", DigestClient.class,
			"bearer", BearerClient.class, "certificate", CertificateClient.class, "proxy", ProxyClient.class, "errors",
			ErrorsClient.class);

	private final ApplicationContext context;

	private final String server;

	SpringSolutions(ApplicationContext context, String server) {
		this.context = context;
		this.server = server;
	}

	@Override
	public Item item(String task) {
		return this.context.getBeansOfType(CLIENTS.get(task))
			.values()
			.stream()
			.filter((client) -> !task.equals("json") || !(client instanceof Other))
			.findFirst()
			.orElseThrow()
			.item("tea");
	}

	// tag::json[]
	interface ItemClient {

		@GetExchange("/items/{id}")
		Item item(@PathVariable String id);

	}
	// end::json[]

	interface Other {

	}

	interface TimeoutsClient extends ItemClient, Other {

	}

	interface RetryClient extends ItemClient, Other {

	}

	interface BasicClient extends ItemClient, Other {

	}

	interface DigestClient extends ItemClient, Other {

	}

	interface BearerClient extends ItemClient, Other {

	}

	interface CertificateClient extends ItemClient, Other {

	}

	interface ProxyClient extends ItemClient, Other {

	}

	interface ErrorsClient extends ItemClient, Other {

	}

	interface PagingClient {

		// tag::paging[]
		@GetExchange
		ResponseEntity<List<Item>> page(URI page);
		// end::paging[]

	}

	// tag::paging[]
	static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?next\"?");

	static List<Item> all(PagingClient client, URI first) {
		List<Item> items = new ArrayList<>();
		for (URI page = first; page != null;) {
			ResponseEntity<List<Item>> response = client.page(page);
			items.addAll(response.getBody());
			Matcher next = NEXT.matcher(String.join(", ", response.getHeaders().getOrEmpty("Link")));
			page = next.find() ? page.resolve(next.group(1)) : null;
		}
		return items;
	}
	// end::paging[]

	@Override
	public List<Item> pages(URI first) {
		return all(this.context.getBean(PagingClient.class), first);
	}

	// tag::download[]
	static long save(RestClient client, Path file, LongConsumer progress) {
		return client.get().uri("/big").exchange((request, response) -> {
			if (response.getStatusCode().isError()) {
				throw response.createException();
			}
			long bytes = 0;
			try (InputStream in = response.getBody(); OutputStream out = Files.newOutputStream(file)) {
				byte[] buffer = new byte[8192];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					out.write(buffer, 0, read);
					bytes += read;
					progress.accept(bytes);
				}
			}
			return bytes;
		});
	}
	// end::download[]

	@Override
	public long download(Path file, LongConsumer progress) {
		return save(this.context.getBean(RestClient.Builder.class).baseUrl(this.server).build(), file, progress);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = RequestsClientsAutoConfiguration.class)
	// tag::json[]
	@ImportHttpServices(group = "json", types = ItemClient.class)
	// end::json[]
	@ImportHttpServices(group = "timeouts", types = TimeoutsClient.class)
	@ImportHttpServices(group = "retry", types = RetryClient.class)
	@ImportHttpServices(group = "basic", types = BasicClient.class)
	@ImportHttpServices(group = "digest", types = DigestClient.class)
	@ImportHttpServices(group = "bearer", types = BearerClient.class)
	@ImportHttpServices(group = "certificate", types = CertificateClient.class)
	@ImportHttpServices(group = "proxy", types = ProxyClient.class)
	@ImportHttpServices(group = "errors", types = ErrorsClient.class)
	@ImportHttpServices(group = "paging", types = PagingClient.class)
	static class Application {

		// tag::retry[]
		@Bean
		RestClientHttpServiceGroupConfigurer retry() {
			return (groups) -> groups.filterByName("retry")
				.forEachClient((group,
						client) -> client.requestFactory(new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
							.setRetryStrategy(new DefaultHttpRequestRetryStrategy(2, TimeValue.ofSeconds(1)))
							.build())));
		}
		// end::retry[]

		// tag::basic[]
		@Bean
		RestClientHttpServiceGroupConfigurer basic() {
			return (groups) -> groups.filterByName("basic")
				.forEachClient((group, client) -> client
					.requestInterceptor(new BasicAuthenticationInterceptor("depot", "secret")));
		}
		// end::basic[]

		// tag::digest[]
		@Bean
		RestClientHttpServiceGroupConfigurer digest() {
			return (groups) -> groups.filterByName("digest")
				.forEachClient((group,
						client) -> client.requestFactory(new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
							.setDefaultCredentialsProvider(CredentialsProviderBuilder.create()
								.add(new AuthScope(null, -1), "depot", "secret".toCharArray())
								.build())
							.build())));
		}
		// end::digest[]

		// tag::proxy[]
		@Bean
		RestClientHttpServiceGroupConfigurer proxy(@Value("${server}") URI proxy) {
			return (groups) -> groups.filterByName("proxy")
				.forEachClient((group, client) -> client.requestFactory(new HttpComponentsClientHttpRequestFactory(
						HttpClients.custom().setProxy(HttpHost.create(proxy)).build())));
		}
		// end::proxy[]

		// tag::errors[]
		@Bean
		RestClientHttpServiceGroupConfigurer soldOut() {
			return (groups) -> groups.forEachClient((group, client) -> client
				.defaultStatusHandler((status) -> status.value() == 409, (request, response) -> {
					throw new SoldOutException(new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
				}));
		}
		// end::errors[]

	}

}
