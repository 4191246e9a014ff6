package io.github.requests4j.spring.oauth2;

import java.net.URI;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.AbstractRestClientOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

import io.github.requests4j.CookieScope;
import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.session.TokenSessions;
import io.github.requests4j.spring.restclient.SessionRequestFactory;

/**
 * Makes the clients of Spring Security send the requests for tokens through a session.
 * Thread-safe.
 */
final class TokenClients {

	private final BeanFactory beans;

	private final ClientKeys keys;

	TokenClients(BeanFactory beans, ClientKeys keys) {
		this.beans = beans;
		this.keys = keys;
	}

	/**
	 * Returns the client that the application declares for a grant, or otherwise the
	 * given one, which then uses the session and the client authentication of the
	 * registration.
	 */
	<T extends AbstractOAuth2AuthorizationGrantRequest> OAuth2AccessTokenResponseClient<T> find(Class<T> grant,
			AbstractRestClientOAuth2AccessTokenResponseClient<T> client, ClientRegistration registration,
			String session) {
		return this.beans
			.<OAuth2AccessTokenResponseClient<T>>getBeanProvider(
					ResolvableType.forClassWithGenerics(OAuth2AccessTokenResponseClient.class, grant))
			.getIfUnique(() -> configured(client, registration, session));
	}

	private <T extends AbstractOAuth2AuthorizationGrantRequest> OAuth2AccessTokenResponseClient<T> configured(
			AbstractRestClientOAuth2AccessTokenResponseClient<T> client, ClientRegistration registration,
			String session) {
		client.setRestClient(RestClient.builder()
			.requestFactory(new TokenRequestFactory(session))
			.observationRegistry(ObservationRegistry.NOOP)
			.configureMessageConverters((converters) -> converters.disableDefaults()
				.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build());
		ClientAuthenticationMethod method = registration.getClientAuthenticationMethod();
		if (method.equals(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
				|| method.equals(ClientAuthenticationMethod.PRIVATE_KEY_JWT)) {
			client.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<T>(
					(current) -> this.keys.find(current, session)));
		}
		else if (RegistrationChecks.isMutualTls(method)) {
			// Without another converter, Spring's client rejects these methods
			client.addHeadersConverter((request) -> new HttpHeaders());
		}
		return client;
	}

	/**
	 * Creates requests that a session sends. The session is looked up for each request,
	 * because it may not exist yet and its settings may change. Redirects and cookies are
	 * disabled, because a redirect could leak credentials and the cookies of one user
	 * must not be sent for another.
	 */
	private final class TokenRequestFactory implements ClientHttpRequestFactory {

		private final String session;

		TokenRequestFactory(String session) {
			this.session = session;
		}

		@Override
		public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
			Session configured = TokenClients.this.beans.getBean(TokenSessions.class).get(this.session);
			Session strict = configured
				.derive((builder) -> builder.allowRedirects(false).cookieScope(CookieScope.NONE));
			return SessionRequestFactory.of(strict).createRequest(uri, method);
		}

	}

}
