package io.github.requests4j.sample.desk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.sample.desk.CatalogClient.Item;
import io.github.requests4j.sample.desk.PaymentsClient.Charge;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;

/**
 * Places orders. It looks up the item, charges the customer and ships the goods. Orders
 * that were or may have been paid, but not shipped, stay open until they are completed.
 */
@Component
class Orders {

	private final CatalogClient catalog;

	private final PaymentsClient payments;

	private final Shipping shipping;

	private final Map<String, Order> open = Collections.synchronizedMap(new LinkedHashMap<>());

	Orders(CatalogClient catalog, PaymentsClient payments, Shipping shipping) {
		this.catalog = catalog;
		this.payments = payments;
		this.shipping = shipping;
	}

	/** Returns the open orders, oldest first. */
	List<Order> open() {
		synchronized (this.open) {
			return List.copyOf(this.open.values());
		}
	}

	Outcome place(String id, int quantity) {
		Optional<Item> found;
		try {
			// A blank identifier would ask for all items, and dots would lead out of them
			found = id.chars().anyMatch(Character::isLetterOrDigit) ? this.catalog.item(id) : Optional.empty();
		}
		catch (RequestException ex) {
			return notCharged(Failures.explain("Catalog", ex));
		}
		if (found.isEmpty()) {
			return notCharged("The catalog has no item '" + id + "'.");
		}
		Item item = found.get();
		if (quantity < 1 || quantity > item.stock()) {
			return notCharged(
					(quantity < 1) ? "Order at least one." : item.name() + ": " + item.stock() + " in stock.");
		}
		return pay(Order.of(UUID.randomUUID().toString(), item, quantity));
	}

	/** Continues an open order where it failed. */
	Outcome complete(String key) {
		Order order = this.open.get(key);
		if (order == null) {
			return Outcome.success("This order is not open any more.");
		}
		return (order.charge() != null) ? ship(order, order.charge()) : pay(order);
	}

	private Outcome pay(Order order) {
		try {
			return ship(order, this.payments.pay(order.key(), order.payment()));
		}
		catch (RequestException ex) {
			boolean first = this.open.putIfAbsent(order.key(), order) == null;
			if (Failures.hasStatus(ex, 409) || (first && Failures.nothingHappened(ex))) {
				this.open.remove(order.key());
				return notCharged(Failures.explain("Payments", ex));
			}
			return Outcome.failure("The payment is uncertain. " + Failures.explain("Payments", ex)
					+ " Complete the order under Payments. You are charged at most once.");
		}
	}

	private Outcome ship(Order order, Charge charge) {
		try {
			Parcel parcel = this.shipping.ship(order.key(), order.shipment(charge));
			this.open.remove(order.key());
			return new Outcome(true, "Ordered " + parcel.quantity() + " × " + parcel.item() + ": parcel " + parcel.id()
					+ " is on its way.", parcel.id());
		}
		catch (RequestException ex) {
			this.open.put(order.key(), order.paidBy(charge));
			return Outcome
				.failure("Paid by " + charge.id() + ", but there is no parcel yet. " + Failures.explain("Shipping", ex)
						+ " Complete the order under Payments. You are not charged again.");
		}
	}

	private static Outcome notCharged(String reason) {
		return Outcome.failure(reason + " Nothing was charged.");
	}

}
