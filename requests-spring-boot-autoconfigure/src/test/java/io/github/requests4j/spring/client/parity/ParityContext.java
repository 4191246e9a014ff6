package io.github.requests4j.spring.client.parity;

import java.net.http.HttpClient;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * One server, and clients of it of either kind, with the message converters of the same
 * application.
 */
final class ParityContext implements AutoCloseable {

	private final WireServer server = new WireServer();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final String base;

	private final @Nullable ApiVersionInserter versions;

	ParityContext(Class<?> configuration, String... properties) {
		this(configuration, "", null, properties);
	}

	/**
	 * A context with a base URL that has a path, or with versions.
	 * @param configuration names the clients
	 * @param path the path of the base URL
	 * @param versions where versions go, or null
	 * @param properties more properties
	 */
	ParityContext(Class<?> configuration, String path, @Nullable ApiVersionInserter versions, String... properties) {
		this.base = this.server.url() + path;
		this.versions = versions;
		TestPropertyValues.of("requests.sessions.s.base-url=" + this.base, "parity.prefix=/prefixed")
			.and(properties)
			.applyTo(this.context);
		if (versions != null) {
			this.context.registerBean(ApiVersionInserter.class, () -> versions);
		}
		this.context.register(configuration);
		this.context.register(AutoConfigurations.getClasses(AutoConfigurations.of(RequestsAutoConfiguration.class,
				RequestsClientsAutoConfiguration.class, JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, RestClientAutoConfiguration.class)));
		this.context.refresh();
	}

	WireServer server() {
		return this.server;
	}

	/** A client over Spring's own adapter and the HTTP client of the JDK. */
	<T> T restClient(Class<T> type) {
		return restClient(type, (builder) -> {
		});
	}

	/**
	 * Such a client that raises for no status, so that entities of errors can be
	 * compared.
	 */
	<T> T lenientRestClient(Class<T> type) {
		return restClient(type,
				(builder) -> builder.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
				}));
	}

	private <T> T restClient(Class<T> type, Consumer<RestClient.Builder> customizer) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build());
		requests.enableCompression(true);
		RestClient.Builder builder = this.context.getBean(RestClient.Builder.class)
			.baseUrl(this.base)
			.requestFactory(requests);
		if (this.versions != null) {
			builder.apiVersionInserter(this.versions);
		}
		customizer.accept(builder);
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(builder.build()))
			.embeddedValueResolver(this.context.getBeanFactory()::resolveEmbeddedValue)
			.build()
			.createClient(type);
	}

	/** A client over a session. */
	<T> T session(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() throws Exception {
		this.context.close();
		this.server.close();
	}

}
