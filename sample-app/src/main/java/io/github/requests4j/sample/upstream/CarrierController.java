package io.github.requests4j.sample.upstream;

import java.math.BigDecimal;
import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Quotes the price of a delivery, behind a {@link TokenGate}, and returns what each copy
 * of Depot has used.
 */
@UpstreamController
@RequestMapping("/upstream")
class CarrierController {

	private static final BigDecimal PER_ITEM = new BigDecimal("1.20");

	private final Usage usage;

	CarrierController(Usage usage) {
		this.usage = usage;
	}

	@GetMapping("/carrier/quotes")
	Quote quote(@RequestParam int quantity, @RequestHeader(name = Usage.COPY, defaultValue = "?") String copy) {
		if (quantity < 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "quantity must be at least 1");
		}
		this.usage.of(copy).quoted();
		return new Quote(quantity, PER_ITEM.multiply(BigDecimal.valueOf(quantity)));
	}

	@GetMapping("/usage/copies")
	List<Usage.OfCopy> usage() {
		return this.usage.all();
	}

	record Quote(int quantity, BigDecimal price) {
	}

}
