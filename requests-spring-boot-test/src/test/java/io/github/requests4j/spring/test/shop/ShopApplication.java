package io.github.requests4j.spring.test.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import io.github.requests4j.Session;

/**
 * The application whose tests are tested.
 */
@SpringBootApplication
public class ShopApplication {

	/** A session that is not of the configuration. */
	@Bean
	Session ownSession() {
		return Session.builder().name("own").build();
	}

}
