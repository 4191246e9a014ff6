package io.github.requests4j.sample.upstream;

import java.math.BigDecimal;

/**
 * A completed payment.
 */
record Charge(String id, String item, int quantity, BigDecimal amount) {

	/**
	 * A request for a payment.
	 */
	record Order(String item, int quantity, BigDecimal amount) {

		Charge charged(String id) {
			return new Charge(id, this.item, this.quantity, this.amount);
		}

	}

}
