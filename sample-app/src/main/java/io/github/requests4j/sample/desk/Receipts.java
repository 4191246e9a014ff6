package io.github.requests4j.sample.desk;

import java.util.Objects;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import io.github.requests4j.sample.desk.PaymentsClient.Charge;

/**
 * Reads single payments with Spring's {@code RestClient}. It shares the session of
 * {@link PaymentsClient}, with its credentials, limits, retries and circuit breaker.
 */
@Component
class Receipts {

	private final RestClient payments;

	/** The client is lazy, because Depot knows its own port after the start. */
	Receipts(@Lazy @Qualifier("payments") RestClient payments) {
		this.payments = payments;
	}

	Charge receipt(String id) {
		return Objects.requireNonNull(this.payments.get().uri("/charges/{id}", id).retrieve().body(Charge.class));
	}

}
