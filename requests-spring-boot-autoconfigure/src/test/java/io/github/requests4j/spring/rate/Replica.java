package io.github.requests4j.spring.rate;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.requests4j.Session;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.PromptRedisFailures;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * One of several copies of an application with the session {@code shop}.
 *
 * @param context its context
 */
record Replica(ConfigurableApplicationContext context) implements AutoCloseable {

	static Replica start(List<String> properties) {
		return new Replica(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.properties("spring.main.banner-mode=off")
			.run());
	}

	void get(String url) {
		this.context.getBean(Session.class).get(url);
	}

	void get(String url, Duration deadline) {
		this.context.getBean(Session.class).get(url, (request) -> request.deadline(deadline));
	}

	/** Sends a request, and returns whether there was a permit for it. */
	boolean isSent() {
		try {
			get("/");
			return true;
		}
		catch (ThrottledException ex) {
			return false;
		}
	}

	ThrottleStatistics statistics() {
		return this.context.getBean(SessionThrottles.class).statistics("shop");
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(PromptRedisFailures.class)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
			RequestsAutoConfiguration.class, RequestsRateAutoConfiguration.class })
	static class Application {

	}

}
