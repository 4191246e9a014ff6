package io.github.requests4j.spring.aot;

import org.slf4j.LoggerFactory;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.EffectiveSettings;
import io.github.requests4j.spring.restclient.RequestsRestClientAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * A small application to be processed ahead of time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ SslAutoConfiguration.class, RequestsAutoConfiguration.class,
		DefaultSessionAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
		RequestsRestClientAutoConfiguration.class })
@EnableRequestsClients(clients = AotApplication.Shop.class)
public class AotApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(AotApplication.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			String session = context.getBean("shopSession", Session.class).get("/tea").text();
			String client = context.getBean(Shop.class).fullCup();
			String rest = context.getBean("shopRestClient", RestClient.class)
				.get()
				.uri("/pot")
				.retrieve()
				.body(String.class);
			Object timeout = EffectiveSettings.of(context.getBean(ConfiguredSessions.class), "shop")
				.get("connect-timeout")
				.value();
			LoggerFactory.getLogger(AotApplication.class)
				.info("AOT {} session {} client {} rest {} settings {}", AotDetector.useGeneratedArtifacts(), session,
						client, rest, timeout);
		}
	}

	@RequestsClient("shop")
	interface Shop {

		@GetExchange("/cup")
		String cup();

		default String fullCup() {
			return "full " + cup();
		}

	}

}
