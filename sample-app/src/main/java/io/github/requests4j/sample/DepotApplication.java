package io.github.requests4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Depot, a small order desk. Its page asks three services (catalog, payments, shipping)
 * through annotated interfaces; the services are embedded, so that it runs alone.
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
