package io.github.requests4j.spring.restclient;

import java.net.URI;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Creates the beans of type {@link RestClient} from the application's builder and a
 * session.
 */
final class RestClientFactory {

	private static final boolean BOOT_CONVERTERS = ClassUtils.isPresent(
			"org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer",
			RestClientFactory.class.getClassLoader());

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			RestClientFactory.class.getClassLoader());

	private final BeanFactory beans;

	RestClientFactory(BeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Creates the client. It does not record observations, because the session already
	 * observes each exchange.
	 */
	RestClient create(String name) {
		Session session = this.beans.getBean(SessionBeanNames.of(name), Session.class);
		RestClient.Builder common = builder().requestFactory(SessionRequestFactory.of(session))
			.observationRegistry(ObservationRegistry.NOOP);
		return new RebasedRestClient(session, (baseUrl) -> {
			RestClient.Builder builder = common.clone();
			String printable = printable(baseUrl);
			if (printable != null) {
				builder.baseUrl(printable);
			}
			return builder.build();
		});
	}

	/**
	 * Returns the base URL, or null if it contains credentials. Spring's client shows the
	 * URIs of its calls in messages, so in that case they stay relative and the session
	 * resolves them.
	 */
	private static @Nullable String printable(@Nullable String baseUrl) {
		return (baseUrl != null && URI.create(baseUrl).getRawUserInfo() == null) ? baseUrl : null;
	}

	/**
	 * Returns a copy of the application's builder, which may not have prototype scope, or
	 * a new builder.
	 */
	private RestClient.Builder builder() {
		RestClient.Builder own = this.beans.getBeanProvider(RestClient.Builder.class).getIfUnique();
		if (own != null) {
			return own.clone();
		}
		return RestClient.builder().configureMessageConverters((converters) -> {
			converters.registerDefaults();
			if (BOOT_CONVERTERS) {
				BootConverters.customize(converters, this.beans);
			}
			else if (JACKSON) {
				Jackson.customize(converters, this.beans);
			}
		});
	}

	/** A separate class that is only loaded if Spring Boot's converters are available. */
	private static final class BootConverters {

		static void customize(HttpMessageConverters.ClientBuilder converters, BeanFactory beans) {
			beans.getBeanProvider(ClientHttpMessageConvertersCustomizer.class)
				.orderedStream()
				.forEach((customizer) -> customizer.customize(converters));
		}

	}

	/** A separate class that is only loaded if Jackson is available. */
	private static final class Jackson {

		static void customize(HttpMessageConverters.ClientBuilder converters, BeanFactory beans) {
			beans.getBeanProvider(JsonMapper.class)
				.ifUnique((mapper) -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(mapper)));
		}

	}

}
