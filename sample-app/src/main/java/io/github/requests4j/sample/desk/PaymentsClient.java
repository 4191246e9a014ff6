package io.github.requests4j.sample.desk;

import java.math.BigDecimal;
import java.util.List;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * The client for payments.
 */
@RequestsClient("payments")
interface PaymentsClient {

	@GetExchange("/charges")
	List<Charge> charges();

	/** Makes a payment. The key makes it safe to send the same payment twice. */
	@PostExchange("/charges")
	Charge pay(@RequestHeader("Idempotency-Key") String key, @RequestBody Payment payment);

	record Payment(String item, int quantity, BigDecimal amount) {
	}

	record Charge(String id, String item, int quantity, BigDecimal amount) {
	}

}
