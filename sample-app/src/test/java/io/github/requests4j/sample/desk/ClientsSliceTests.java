package io.github.requests4j.sample.desk;

import java.math.BigDecimal;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.PaymentsClient.Charge;
import io.github.requests4j.sample.desk.PaymentsClient.Payment;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;
import io.github.requests4j.sample.desk.ShippingClient.Shipment;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The requests of Depot's clients, and how they handle responses. Only the clients are
 * started.
 */
@RequestsTest
class ClientsSliceTests {

	@Autowired
	private CatalogClient catalog;

	@Autowired
	private PaymentsClient payments;

	@Autowired
	private ShippingClient shipping;

	@Autowired
	private MockSessions mocks;

	@Test
	void itemIsReturned() {
		this.mocks.session("catalog")
			.expect("GET", "/items/tea?size=4")
			.header("User-Agent", "depot/1.0")
			.header("X-Team", "depot")
			.reply(Reply.json("{\"id\":\"tea\",\"name\":\"Green tea\",\"price\":6.40,\"stock\":1}"));
		assertThat(this.catalog.item("tea")).hasValueSatisfying((item) -> {
			assertThat(item.name()).isEqualTo("Green tea");
			assertThat(item.price()).isEqualByComparingTo("6.4");
		});
	}

	@Test
	void unknownItemIsEmpty() {
		this.mocks.session("catalog").expect("GET", "/items/gold?size=4").reply(Reply.status(404));
		assertThat(this.catalog.item("gold")).isEmpty();
	}

	@Test
	void pageHasLinks() {
		this.mocks.session("catalog")
			.expect("GET", "/items?page=2&size=4")
			.reply(Reply.json("[]").header("Link", "</items?page=3>; rel=\"next\""));
		Response page = this.catalog.page(2);
		assertThat(page.links()).containsKey("next");
	}

	@Test
	void paymentIsMade() {
		this.mocks.session("payments")
			.expect("POST", "/charges")
			.header("Idempotency-Key", "k1")
			.json("{\"item\":\"tea\",\"quantity\":2,\"amount\":12.80}")
			.reply(Reply.json(201, new Charge("c1", "tea", 2, new BigDecimal("12.80"))));
		assertThat(this.payments.pay("k1", new Payment("tea", 2, new BigDecimal("12.80"))).id()).isEqualTo("c1");
	}

	@Test
	void rejectedPaymentIsReported() {
		this.mocks.session("payments").expect("POST", "/charges").reply(Reply.json(402, "{\"detail\":\"No money\"}"));
		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> this.payments.pay("k2", new Payment("tea", 1, BigDecimal.ONE)))
			.withMessageContaining("402")
			.withMessageContaining("No money");
	}

	@Test
	void shipmentHasTheKeyOfItsOrder() {
		this.mocks.session("shipping")
			.expect("POST", "/parcels")
			.header("Idempotency-Key", "k1")
			.json("{\"charge\":\"c1\",\"item\":\"tea\",\"quantity\":2}")
			.reply(Reply.json(201, new Parcel("p1", "c1", "tea", 2)));
		assertThat(this.shipping.ship("k1", new Shipment("c1", "tea", 2)).id()).isEqualTo("p1");
	}

	@Test
	void slowParcelsTimeOut() {
		this.mocks.session("shipping").expect("GET", "/parcels").reply(Reply.json("[]").after(Duration.ofMinutes(1)));
		assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(this.shipping::parcels);
	}

}
