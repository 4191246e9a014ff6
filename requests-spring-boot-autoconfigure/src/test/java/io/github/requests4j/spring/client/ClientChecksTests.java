package io.github.requests4j.spring.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.http.Response;
import io.github.requests4j.spring.client.scanned.ScannedClient;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Mistakes in interfaces that fail the start. Each message names interface, method and
 * fix.
 */
class ClientChecksTests {

	@Test
	void unsupportedReturnTypesAreRejected() {
		refused(Publishing.class, "get", "reactive", "CompletableFuture<T>, Stream<T> or T");
		refused(PlainFuture.class, "get", "java.util.concurrent.Future", "CompletableFuture<T>");
		refused(RawStream.class, "get", "without a type argument", "Stream<T>");
		refused(OptionalResponse.class, "get", "Optional of Response", "Response itself");
		refused(EntityOfStream.class, "get", "ResponseEntity of Stream", "Stream itself");
		refused(LaterPublishing.class, "get", "reactive", "CompletableFuture<T>");
		refused(ReconnectedText.class, "get", "@Reconnect", "Stream<ServerSentEvent<T>>");
		refused(TypedText.class, "get", "@EventTypes", "Stream<ServerSentEvent<T>>");
		refused(NoTypes.class, "get", "The @EventTypes annotation is empty", "at least one");
	}

	@Test
	void suspendingFunctionsAreRejected() {
		refused(Suspending.class, "get", "suspending", "CompletableFuture");
	}

	@Test
	void missingOrSeveralAnnotationsAreRejected() {
		refused(Twice.class, "get", "@GetExchange, @PostExchange", "Keep one");
		refused(None.class, "get", "no @HttpExchange", "@GetExchange");
		refused(NoMethod.class, "get", "no HTTP method", "@GetExchange");
	}

	@Test
	void unannotatedArgumentsAreRejected() {
		refused(Unannotated.class, "get", "argument 2 of type java.lang.String", "@RequestParam");
		assertThatCode(() -> ClientChecks.check(Unannotated.class, true)).doesNotThrowAnyException();
	}

	@Test
	void unboundUrlVariablesAreRejected() {
		refused(Misspelt.class, "get", "The URL variable 'id' has no argument", "@PathVariable(\"id\")",
				"are [itemId]");
		refused(Shop.class, "get", "The URL variable 'shop' has no argument", "are [id]");
		assertThatCode(() -> ClientChecks.check(Misspelt.class, true)).doesNotThrowAnyException();
	}

	@Test
	void malformedUrlsAreRejected() {
		refused(Patterned.class, "get", "The URL of the method is not valid", "'/t/{id:\\\\d+}'",
				"which is not a variable", "%7B");
		refused(Unclosed.class, "get", "The URL of the method is not valid", "'/t/{id'", "never closed");
		refused(PatternedWithMap.class, "get", "The URL of the method is not valid", "'/t/{+path}'");
		assertThatCode(() -> ClientChecks.check(Patterned.class, true)).doesNotThrowAnyException();
		assertThatCode(() -> ClientChecks.check(PatternedWithFactory.class, false)).doesNotThrowAnyException();
	}

	@Test
	void validInterfacesAreAccepted() {
		assertThatCode(() -> ClientChecks.check(Right.class, false)).doesNotThrowAnyException();
	}

	@Test
	void settingsOfUnknownMethodsFailTheStart() {
		runner()
			.withPropertyValues("requests.clients.Right.methods.get.read-timeout=1s",
					"requests.clients.s.methods.gett.read-timeout=1s")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("requests.clients.s.methods.gett")
				.hasMessageContaining("Its methods are [delete, get, stream]"));
		runner().withPropertyValues("requests.clients.Right.methods.post.read-timeout=1s")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("requests.clients.Right.methods.post"));
		runner()
			.withPropertyValues("requests.clients.s.methods.get.read-timeout=1s",
					"requests.clients.other.methods.x.read-timeout=1s", "requests.sessions.other.base-url=http://o")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void environmentVariablesNameClientsAndMethodsInLowerCase() {
		runner().withInitializer(variable("REQUESTS_CLIENTS_RIGHT_METHODS_GET_READTIMEOUT"))
			.run((context) -> assertThat(context).hasNotFailed());
		runner().withInitializer(variable("REQUESTS_CLIENTS_RIGHT_METHODS_POST_READTIMEOUT"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("REQUESTS_CLIENTS_RIGHT_METHODS_POST_READTIMEOUT")
				.hasMessageContaining("has no method 'post'. Its methods are [delete, get, stream]"));
		runner().withInitializer(variable("REQUESTS_CLIENTS_RIHGT_METHODS_GET_READTIMEOUT"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("There is no client or session named 'rihgt'"));
		runner().withInitializer(variable("REQUESTS_CLIENTS_RIGHT_METHOD_GET_READTIMEOUT"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("REQUESTS_CLIENTS_RIGHT_METHOD_GET_READTIMEOUT")
				.hasMessageContaining("There is no client or session named 'rightmethodget'"));
		runner().withInitializer(variable("REQUESTS_CLIENTS_RIGHT_METHODS_GET_READTIMEOUTS"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("This variable does not set any key."));
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> variable(String name) {
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.replace(source, new SystemEnvironmentPropertySource(source, Map.of(name, "1s")));
	}

	@Test
	void settingsOfAnUnknownClientFailTheStart() {
		runner()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new OriginTrackedMapPropertySource("file",
						Map.of("requests.clients.Rihgt.methods.get.read-timeout",
								OriginTrackedValue.of("1s",
										new TextResourceOrigin(new ClassPathResource("application.yml"),
												new TextResourceOrigin.Location(41, 6)))))))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(RequestsConfigurationException.class, (mistake) -> {
					assertThat(mistake.property()).isEqualTo("requests.clients.Rihgt");
					assertThat(mistake.origin()).asString().contains("application.yml").contains("42:7");
					assertThat(mistake.problem()).contains("There is no client or session named 'Rihgt'")
						.contains("[Right, s]");
				}));
	}

	@Test
	void settingsOfAnExcludedClientAreAccepted() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class, RequestsClientsAutoConfiguration.class))
			.withBean(TypeExcludeFilter.class, () -> new TypeExcludeFilter() {

				@Override
				public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
					return true;
				}

				@Override
				public boolean equals(Object other) {
					return this == other;
				}

				@Override
				public int hashCode() {
					return 1;
				}

			})
			.withUserConfiguration(ScannedClient.Application.class)
			.withPropertyValues("requests.clients.ScannedClient.methods.get.read-timeout=1s")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ScannedClient.class));
	}

	@Test
	void unknownSettingsOfAMethodFailTheStart() {
		runner().withPropertyValues("requests.clients.Right.methods.get.read-timeot=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.clients.Right.methods.get.read-timeot"));
	}

	@Test
	void argumentResolversOfTheApplicationAreAccepted() {
		runner().withUserConfiguration(UnannotatedClients.class)
			.withBean(HttpServiceArgumentResolver.class, () -> (argument, parameter, values) -> true)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void refused(Class<?> client, String method, String... parts) {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> ClientChecks.check(client, false))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(client.getName() + "." + method).contains(parts));
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=http://localhost:1");
	}

	@EnableRequestsClients(clients = Right.class)
	static class Clients {

	}

	@EnableRequestsClients(clients = Unannotated.class)
	static class UnannotatedClients {

	}

	interface Publishing {

		@GetExchange
		Flow.Publisher<String> get();

	}

	interface PlainFuture {

		@GetExchange
		Future<String> get();

	}

	interface RawStream {

		@GetExchange
		@SuppressWarnings("rawtypes")
		Stream get();

	}

	interface OptionalResponse {

		@GetExchange
		Optional<Response> get();

	}

	interface EntityOfStream {

		@GetExchange
		ResponseEntity<Stream<String>> get();

	}

	interface LaterPublishing {

		@GetExchange
		CompletableFuture<Flow.Publisher<String>> get();

	}

	interface ReconnectedText {

		@Reconnect
		@GetExchange
		String get();

	}

	interface TypedText {

		@EventTypes("add")
		@GetExchange
		String get();

	}

	interface NoTypes {

		@EventTypes({})
		@GetExchange
		Stream<String> get();

	}

	interface Suspending {

		@GetExchange
		Object get(Continuation<? super String> continuation);

	}

	interface Twice {

		@GetExchange("/a")
		@PostExchange("/b")
		String get();

	}

	interface None {

		String get();

	}

	interface NoMethod {

		@HttpExchange("/a")
		String get();

	}

	@RequestsClient("s")
	interface Unannotated {

		@HttpExchange("/a")
		String get(HttpMethod method, String text);

	}

	interface Patterned {

		@GetExchange("/t/{id:\\d+}")
		String get(@PathVariable String id);

	}

	interface PatternedWithMap {

		@GetExchange("/t/{+path}")
		String get(@PathVariable Map<String, String> variables);

	}

	interface PatternedWithFactory {

		@GetExchange("/t/{id:\\d+}")
		String get(UriBuilderFactory factory, @PathVariable String id);

	}

	interface Unclosed {

		@GetExchange("/t/{id")
		String get();

	}

	interface Misspelt {

		@GetExchange("/items/{id}")
		String get(@PathVariable String itemId);

	}

	@HttpExchange("/{shop}")
	interface Shop {

		@GetExchange("/items/{id}")
		String get(@PathVariable("id") String item);

	}

	interface Parent {

		@GetExchange("/parent")
		String get();

	}

	@RequestsClient("s")
	@HttpExchange(contentType = "application/json")
	interface Right extends Parent {

		@Override
		@PostExchange("/own")
		String get();

		@DeleteExchange
		void delete();

		@DeleteExchange("/a/{b}/{c}?d={d}")
		void delete(@PathVariable(name = "b") String one, @PathVariable(required = false) String c,
				@PathVariable int d);

		@DeleteExchange("/a/{b}")
		void delete(@PathVariable Map<String, String> all);

		@DeleteExchange("/a/{b}")
		void delete(URI uri);

		@DeleteExchange("${base}/{b}")
		void delete(HttpMethod method);

		@Reconnect
		@GetExchange
		CompletableFuture<Stream<ServerSentEvent<List<String>>>> stream();

		static String helper() {
			return "";
		}

		default String own() {
			return get();
		}

	}

}
