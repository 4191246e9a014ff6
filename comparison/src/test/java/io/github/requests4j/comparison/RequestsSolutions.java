package io.github.requests4j.comparison;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.Paged;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.ResponseErrorMapper;

/**
 * The tasks with this starter.
 */
final class RequestsSolutions implements Tasks {

	private static final Map<String, Class<? extends ItemClient>> CLIENTS = Map.of("json", ItemClient.class, "timeouts",
			TimeoutsClient.class, "retry", RetryClient.class, "basic", BasicClient.class, "digest", DigestClient.class,
			"bearer", BearerClient.class, "certificate", CertificateClient.class, "proxy", ProxyClient.class, "errors",
			ErrorsClient.class);

	private final ApplicationContext context;

	RequestsSolutions(ApplicationContext context) {
		this.context = context;
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
	@RequestsClient("json")
	interface ItemClient {

		@GetExchange("/items/{id}")
		Item item(@PathVariable String id);

	}
	// end::json[]

	interface Other {

	}

	@RequestsClient("timeouts")
	interface TimeoutsClient extends ItemClient, Other {

	}

	@RequestsClient("retry")
	interface RetryClient extends ItemClient, Other {

	}

	@RequestsClient("basic")
	interface BasicClient extends ItemClient, Other {

	}

	@RequestsClient("digest")
	interface DigestClient extends ItemClient, Other {

	}

	@RequestsClient("bearer")
	interface BearerClient extends ItemClient, Other {

	}

	@RequestsClient("certificate")
	interface CertificateClient extends ItemClient, Other {

	}

	@RequestsClient("proxy")
	interface ProxyClient extends ItemClient, Other {

	}

	@RequestsClient("errors")
	interface ErrorsClient extends ItemClient, Other {

	}

	@RequestsClient("paging")
	interface PagingClient {

		// tag::paging[]
		@Paged
		@GetExchange
		Stream<Item> all(URI first);
		// end::paging[]

	}

	@Override
	public List<Item> pages(URI first) {
		return this.context.getBean(PagingClient.class).all(first).toList();
	}

	@RequestsClient("download")
	interface DownloadClient {

		// tag::download[]
		@GetExchange("/big")
		Response big(ProgressListener progress);
		// end::download[]

	}

	// tag::download[]
	static long save(DownloadClient client, Path file, LongConsumer progress) {
		try (Response response = client.big((direction, bytes, total) -> progress.accept(bytes))) {
			return response.raiseForStatus().saveTo(file);
		}
	}
	// end::download[]

	@Override
	public long download(Path file, LongConsumer progress) {
		return save(this.context.getBean(DownloadClient.class), file, progress);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = { ItemClient.class, TimeoutsClient.class, RetryClient.class, BasicClient.class,
			DigestClient.class, BearerClient.class, CertificateClient.class, ProxyClient.class, ErrorsClient.class,
			PagingClient.class, DownloadClient.class })
	static class Application {

		// tag::errors[]
		@Bean
		ResponseErrorMapper soldOut() {
			return (response, call) -> (response.statusCode() == 409) ? new SoldOutException(response.text()) : null;
		}
		// end::errors[]

	}

}
