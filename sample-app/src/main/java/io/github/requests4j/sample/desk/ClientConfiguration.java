package io.github.requests4j.sample.desk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.requests4j.sample.upstream.UpstreamProperties;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * What sessions need beyond their properties.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	/**
	 * With {@code server.port=0} the port is known once the server listens. Sessions are
	 * made later than that, when they are first called.
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
