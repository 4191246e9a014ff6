package io.github.requests4j.sample.desk;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.sample.desk.CatalogClient.Item;
import io.github.requests4j.sample.desk.PaymentsClient.Charge;
import io.github.requests4j.sample.desk.PaymentsClient.Payment;
import io.github.requests4j.sample.desk.ShippingClient.Shipment;

/**
 * An order. Its key makes it safe to pay and ship it again after a failure.
 *
 * @param charge the payment, or {@code null} if it is unknown whether there is one
 */
record Order(String key, String item, int quantity, BigDecimal amount, @Nullable Charge charge) {

	static Order of(String key, Item item, int quantity) {
		return new Order(key, item.id(), quantity, item.price().multiply(BigDecimal.valueOf(quantity)), null);
	}

	Order paidBy(Charge charge) {
		return new Order(this.key, this.item, this.quantity, this.amount, charge);
	}

	Payment payment() {
		return new Payment(this.item, this.quantity, this.amount);
	}

	Shipment shipment(Charge charge) {
		return new Shipment(charge.id(), this.item, this.quantity);
	}

}
