package io.github.requests4j.sample.upstream;

import java.math.BigDecimal;

/**
 * Money that was taken.
 */
record Charge(String id, String item, int quantity, BigDecimal amount) {

	/**
	 * What is to be paid for.
	 */
	record Order(String item, int quantity, BigDecimal amount) {

		Charge charged(String id) {
			return new Charge(id, this.item, this.quantity, this.amount);
		}

	}

}
