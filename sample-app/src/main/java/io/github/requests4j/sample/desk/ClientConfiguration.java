package io.github.requests4j.sample.desk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.requests4j.sample.upstream.UpstreamProperties;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Configures sessions beyond their properties.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	/**
	 * Sets the base URLs for {@code server.port=0}. The port is known after the server
	 * has started, and sessions are created later, on their first call.
	 */
	@Bean
	SessionCustomizer ownPort(UpstreamProperties upstream, Environment environment) {
		UriComponentsBuilder url = UriComponentsBuilder.fromUriString(upstream.url());
		return (name, session) -> {
			if (url.build().getPort() == 0) {
				String port = environment.getRequiredProperty("local.server.port");
				session.baseUrl(url.cloneBuilder().port(port).pathSegment(name).toUriString());
			}
		};
	}

}
