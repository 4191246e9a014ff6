package io.github.requests4j.spring.guide;

// tag::rest-client[]
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

@Service
class PriceService {

	private final RestClient catalog;

	PriceService(@Qualifier("catalog") RestClient catalog) {
		this.catalog = catalog;
	}

	Price price(String id) {
		return this.catalog.get().uri("/items/{id}", id).retrieve().body(Price.class);
	}

	record Price(String id, double price) {
	}

}
// end::rest-client[]
