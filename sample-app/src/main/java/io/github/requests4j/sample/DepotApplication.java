package io.github.requests4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the sample.
 */
@SpringBootApplication
public class DepotApplication {

	/**
	 * Starts the application.
	 * @param args the command line, as Spring Boot reads it
	 */
	public static void main(String[] args) {
		SpringApplication.run(DepotApplication.class, args);
	}

}
