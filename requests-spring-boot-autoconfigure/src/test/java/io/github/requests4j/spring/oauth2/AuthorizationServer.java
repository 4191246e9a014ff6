package io.github.requests4j.spring.oauth2;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Spring's own authorization server in this JVM, with a client, one whose tokens end
 * soon, and a count of the requests for tokens.
 */
final class AuthorizationServer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	AuthorizationServer() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.jmx.enabled=false")
			.properties(client("depot", "s3cr3t", "10m"))
			.properties(client("hasty", "hurry", "4s"))
			.run();
	}

	private static String[] client(String id, String secret, String lifetime) {
		String client = "spring.security.oauth2.authorizationserver.client." + id + ".";
		return new String[] { client + "registration.client-id=" + id,
				client + "registration.client-secret={noop}" + secret,
				client + "registration.client-authentication-methods=client_secret_basic",
				client + "registration.authorization-grant-types=client_credentials",
				client + "registration.scopes=orders", client + "token.access-token-time-to-live=" + lifetime };
	}

	String tokenUri() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port") + "/oauth2/token";
	}

	/** The number of token requests. */
	int asked() {
		return this.context.getBean(AtomicInteger.class).get();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AtomicInteger asked() {
			return new AtomicInteger();
		}

		@Bean
		FilterRegistrationBean<Filter> counting(AtomicInteger asked) {
			FilterRegistrationBean<Filter> counting = new FilterRegistrationBean<>((request, response, chain) -> {
				if (((HttpServletRequest) request).getRequestURI().equals("/oauth2/token")) {
					asked.incrementAndGet();
				}
				chain.doFilter(request, response);
			});
			counting.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return counting;
		}

	}

}
