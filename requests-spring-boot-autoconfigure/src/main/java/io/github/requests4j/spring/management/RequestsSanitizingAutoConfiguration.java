package io.github.requests4j.spring.management;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps secrets of requests out of the endpoints of Spring Boot that show properties.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class RequestsSanitizingAutoConfiguration {

	@Bean
	SanitizingFunction requestsSecretsSanitizingFunction() {
		return new SecretsSanitizingFunction();
	}

}
