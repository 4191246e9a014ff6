package io.github.requests4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Depot, a small order desk. Its page calls three services (catalog, payments, shipping)
 * through annotated interfaces. The services are embedded, so the sample needs nothing
 * else to run. Spring Security is only there for the tokens of clients, and does not ask
 * for a login.
 */
@SpringBootApplication(excludeName = {
		DepotApplication.SECURITY + "autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		DepotApplication.SECURITY + "autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
		DepotApplication.SECURITY + "oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration" })
public class DepotApplication {

	static final String SECURITY = "org.springframework.boot.security.";

	/**
	 * Starts the application.
	 * @param args the command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(DepotApplication.class, args);
	}

}
