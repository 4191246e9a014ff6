package io.github.requests4j.sample.desk;

import java.math.BigDecimal;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.github.requests4j.sample.desk.CatalogClient.Item;
import io.github.requests4j.sample.desk.PaymentsClient.Charge;
import io.github.requests4j.sample.desk.PaymentsClient.Payment;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;
import io.github.requests4j.sample.desk.ShippingClient.Shipment;

/**
 * Places orders. It looks up the item, charges the customer and ships the goods.
 */
@Component
class Orders {

	private final CatalogClient catalog;

	private final PaymentsClient payments;

	private final Shipping shipping;

	Orders(CatalogClient catalog, PaymentsClient payments, Shipping shipping) {
		this.catalog = catalog;
		this.payments = payments;
		this.shipping = shipping;
	}

	Parcel place(String id, int quantity) {
		Item item = this.catalog.item(id)
			.orElseThrow(() -> new IllegalArgumentException("The catalog has no item '" + id + "'."));
		BigDecimal amount = item.price().multiply(BigDecimal.valueOf(quantity));
		Charge charge = this.payments.pay(UUID.randomUUID().toString(), new Payment(id, quantity, amount));
		return this.shipping.ship(new Shipment(charge.id(), id, quantity));
	}

}
