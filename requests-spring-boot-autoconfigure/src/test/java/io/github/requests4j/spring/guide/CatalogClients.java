package io.github.requests4j.spring.guide;

// tag::own-builders[]
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import io.github.requests4j.Session;
import io.github.requests4j.spring.restclient.SessionRequestFactory;

@Configuration(proxyBeanMethods = false)
class CatalogClients {

	@Bean
	RestClient catalogClient(RestClient.Builder builder, Session catalog) {
		return builder.baseUrl(catalog.baseUrl())
			.requestFactory(SessionRequestFactory.of(catalog))
			.observationRegistry(ObservationRegistry.NOOP)
			.build();
	}

	@Bean
	RestTemplate catalogTemplate(RestTemplateBuilder builder, Session catalog) {
		RestTemplate template = builder.baseUri(catalog.baseUrl())
			.requestFactory(() -> SessionRequestFactory.of(catalog))
			.build();
		template.setObservationRegistry(ObservationRegistry.NOOP);
		return template;
	}

}
// end::own-builders[]
