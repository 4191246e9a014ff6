package io.github.requests4j.sample.browser;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.requests4j.sample.RetryBudgets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of pages in the Chromium and the application that all such tests share.
 */
@ExtendWith(ChromiumCondition.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=800ms", "depot.upstream.retry-after=0s", "depot.upstream.pace=1ms",
				"depot.upstream.station-time=100ms", "depot.busy=1s",
				"resilience4j.circuitbreaker.instances.payments.wait-duration-in-open-state=3s" })
abstract class BrowserTest {

	static final String[] SERVICES = { "catalog", "payments", "shipping" };

	Page page;

	@BeforeEach
	void open(@LocalServerPort int port, @Autowired CircuitBreakerRegistry breakers, @Autowired BeanFactory beans) {
		breakers.circuitBreaker("payments").reset();
		this.page = new Page(Chromium.shared(), port);
		for (String service : SERVICES) {
			this.page.control(service, "none");
		}
		RetryBudgets.refill(beans);
		this.page.theme("light");
		this.page.size(1360, 1200);
		this.page.open("");
	}

	@AfterEach
	void consoleIsSilent() {
		assertThat(this.page.complaints()).isEmpty();
	}

}
