package io.github.requests4j.spring.guide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.restclient.RequestsRestClientAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The page about RestClients: its YAML starts applications, and its Java is run in them.
 */
@ExtendWith(MockServers.class)
class RestClientPageTests {

	private static final Path PAGE = Path.of("..", "docs", "guide", "restclients.md").toAbsolutePath().normalize();

	private static final Pattern YAML = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private final MockWebServer server = new MockWebServer();

	@Test
	void restClientFromYaml() throws IOException {
		runner(0).withBean(PriceService.class).run((context) -> {
			enqueue(200, "{\"id\":\"tea\",\"price\":3.5}");
			assertThat(context.getBean(PriceService.class).price("tea")).isEqualTo(new PriceService.Price("tea", 3.5));
			assertIsOfTheSession(next(), "/items/tea");
		});
	}

	@Test
	void customBuilders() throws IOException {
		runner(0, "requests.sessions.catalog.rest-client=false").withUserConfiguration(CatalogClients.class)
			.run((context) -> {
				enqueue(200, "1");
				assertThat(context.getBean(RestClient.class).get().uri("/a").retrieve().body(Integer.class)).isOne();
				assertIsOfTheSession(next(), "/a");
				enqueue(200, "2");
				assertThat(context.getBean(RestTemplate.class).getForObject("/b", Integer.class)).isEqualTo(2);
				assertIsOfTheSession(next(), "/b");
			});
	}

	@Test
	void groupNamedLikeASession() throws IOException {
		runner(0).withUserConfiguration(CatalogGroup.class).run((context) -> {
			enqueue(200, "7");
			assertThat(context.getBean(CatalogGroup.Stock.class).stock("tea")).isEqualTo(7);
			assertIsOfTheSession(next(), "/stock/tea");
		});
	}

	@Test
	void otherGroupKeepsItsRestClient() throws IOException {
		runner(1, "spring.http.serviceclient.catalog.base-url=" + this.server.url("/"))
			.withUserConfiguration(CatalogGroup.class)
			.run((context) -> {
				enqueue(200, "7");
				assertThat(context.getBean(CatalogGroup.Stock.class).stock("tea")).isEqualTo(7);
				assertThat(next().getHeaders().get("X-Team")).isNull();
			});
	}

	@Test
	void tokensAreFetchedThroughASession() throws IOException {
		runner(1).withUserConfiguration(TokenClients.class).run((context) -> {
			@SuppressWarnings("unchecked")
			OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> tokens = context
				.getBean(OAuth2AccessTokenResponseClient.class);
			enqueue(200, "{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\",\"expires_in\":60}");
			assertThat(tokens.getTokenResponse(request()).getAccessToken().getTokenValue()).isEqualTo("t0ken");
			RecordedRequest sent = next();
			assertThat(sent.getBody().utf8()).isEqualTo("grant_type=client_credentials&scope=orders");
			assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Basic ZGVwb3Q6c2VjcmV0");
			enqueue(400, "{\"error\":\"invalid_client\"}");
			assertThatExceptionOfType(OAuth2AuthorizationException.class)
				.isThrownBy(() -> tokens.getTokenResponse(request()))
				.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo("invalid_client"));
		});
	}

	private OAuth2ClientCredentialsGrantRequest request() {
		return new OAuth2ClientCredentialsGrantRequest(ClientRegistration.withRegistrationId("depot")
			.clientId("depot")
			.clientSecret("secret")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.scope("orders")
			.tokenUri(this.server.url("/token").toString())
			.build());
	}

	private void enqueue(int status, String json) {
		this.server.enqueue(new MockResponse.Builder().code(status)
			.body(json)
			.addHeader("Content-Type", "application/json")
			.build());
	}

	private RecordedRequest next() throws InterruptedException {
		RecordedRequest request = this.server.takeRequest(10, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	private static void assertIsOfTheSession(RecordedRequest request, String target) {
		assertThat(request.getTarget()).isEqualTo(target);
		assertThat(request.getHeaders().get("X-Team")).isEqualTo("depot");
	}

	private ApplicationContextRunner runner(int block, String... properties) throws IOException {
		List<String> blocks = YAML.matcher(Files.readString(PAGE)).results().map((match) -> match.group(1)).toList();
		return new ApplicationContextRunner().withInitializer((context) -> load(context, blocks.get(block)))
			.withPropertyValues("catalog.url=" + this.server.url("/"), "proxy.url=")
			.withPropertyValues(properties)
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsClientsAutoConfiguration.class, RequestsRestClientAutoConfiguration.class,
					JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
					HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
					HttpServiceClientPropertiesAutoConfiguration.class, RestClientAutoConfiguration.class,
					RestTemplateAutoConfiguration.class, HttpServiceClientAutoConfiguration.class));
	}

	private static void load(ConfigurableApplicationContext context, String yaml) {
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		try {
			new YamlPropertySourceLoader().load("application.yml", resource)
				.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
