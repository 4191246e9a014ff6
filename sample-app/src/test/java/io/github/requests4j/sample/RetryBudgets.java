package io.github.requests4j.sample;

import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.BeanFactory;

import io.github.requests4j.Session;

/**
 * The retry budgets of Depot's sessions. Tests of troubled services use them up.
 */
public final class RetryBudgets {

	private static final int FULL = 10;

	/** Five requests earn one retry. */
	private static final int MAX_CALLS = 5 * FULL + 1;

	private static final Map<String, String> PATHS = Map.of("catalogSession", "items", "paymentsSession", "charges",
			"shippingSession", "parcels");

	private RetryBudgets() {
	}

	/** Calls each service until its session may retry as often as at the start. */
	public static void refill(BeanFactory beans) {
		MeterRegistry registry = beans.getBean(MeterRegistry.class);
		PATHS.forEach((bean, path) -> {
			Session session = beans.getBean(bean, Session.class);
			String name = bean.replace("Session", "");
			for (int i = 0; i < MAX_CALLS && available(registry, name) < FULL; i++) {
				session.get(path);
			}
		});
	}

	private static double available(MeterRegistry registry, String session) {
		Gauge gauge = registry.find("requests.retries.available").tag("session", session).gauge();
		return (gauge != null) ? gauge.value() : FULL;
	}

}
