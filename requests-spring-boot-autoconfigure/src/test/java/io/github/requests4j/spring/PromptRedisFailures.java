package io.github.requests4j.spring;

import io.lettuce.core.ClientOptions;

import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets Lettuce reject commands while it is not connected. By default it keeps them for
 * later, so that the first command after a {@link RedisServer#kill() kill} takes the
 * whole timeout. Tests that are not about that wait use this configuration with a timeout
 * that suits slow machines.
 */
@Configuration(proxyBeanMethods = false)
public class PromptRedisFailures {

	/** For connections without an application. */
	public static ClientOptions options() {
		return ClientOptions.builder().disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS).build();
	}

	@Bean
	LettuceClientOptionsBuilderCustomizer rejectingWithoutConnection() {
		return (options) -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
	}

}
