package io.github.requests4j.spring.oauth2;

import java.net.http.HttpClient;
import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

import io.github.requests4j.spring.session.RegistrationAuths;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables sessions to use the client registrations of Spring Security.
 */
@AutoConfiguration(before = RequestsAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration")
@ConditionalOnClass({ OAuth2AuthorizedClientManager.class, RestClient.class })
public final class RequestsOAuth2AutoConfiguration {

	/**
	 * The same as the default of sessions. Spring Security's own client has no timeout.
	 */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	@Bean
	@ConditionalOnMissingBean(RegistrationAuths.class)
	RegistrationAuths requestsRegistrationAuths(ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AuthorizedClientService> stores,
			ObjectProvider<AuthorizedClientServiceOAuth2AuthorizedClientManager> managers,
			ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> clients) {
		// Without a repository, every registration is unknown
		ClientRegistrationRepository known = registrations.getIfAvailable(() -> (id) -> null);
		OAuth2AuthorizedClientService store = stores
			.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(known));
		return new SpringRegistrationAuths(known, managers.getIfAvailable(
				() -> manager(known, store, clients.getIfAvailable(() -> tokenClient(CONNECT_TIMEOUT, READ_TIMEOUT)))),
				store);
	}

	/**
	 * Returns a manager that works without a web request, unlike that of web
	 * applications.
	 */
	private static AuthorizedClientServiceOAuth2AuthorizedClientManager manager(
			ClientRegistrationRepository registrations, OAuth2AuthorizedClientService store,
			OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client) {
		ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(client);
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				registrations, store);
		manager.setAuthorizedClientProvider(provider);
		return manager;
	}

	static OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> tokenClient(Duration connectTimeout,
			Duration readTimeout) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(connectTimeout).build());
		requests.setReadTimeout(readTimeout);
		RestClientClientCredentialsTokenResponseClient client = new RestClientClientCredentialsTokenResponseClient();
		client.setRestClient(RestClient.builder()
			.requestFactory(requests)
			.configureMessageConverters((converters) -> converters.disableDefaults()
				.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build());
		return client;
	}

}
