package io.github.requests4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Depot, a small order desk. Its page calls three services (catalog, payments, shipping)
 * through annotated interfaces. The services are embedded, so the sample needs nothing
 * else to run.
 */
@SpringBootApplication
public class DepotApplication {

	/**
	 * Starts the application.
	 * @param args the command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(DepotApplication.class, args);
	}

}
