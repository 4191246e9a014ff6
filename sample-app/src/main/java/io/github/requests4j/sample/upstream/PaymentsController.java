package io.github.requests4j.sample.upstream;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Accepts payments, once for each idempotency key, behind a {@link BasicGate}. A payment
 * takes its goods from stock. Without enough of them, there is no payment.
 */
@UpstreamController
@RequestMapping("/upstream/payments/charges")
class PaymentsController {

	private final Stock stock;

	private final AtomicInteger lastId = new AtomicInteger(1000);

	private final Map<String, Charge> charges = Collections.synchronizedMap(new LinkedHashMap<>());

	private final Map<String, Charge> chargesByKey = new ConcurrentHashMap<>();

	PaymentsController(Stock stock) {
		this.stock = stock;
	}

	@GetMapping
	List<Charge> list() {
		synchronized (this.charges) {
			return List.copyOf(this.charges.values());
		}
	}

	@GetMapping("/{id}")
	Charge charge(@PathVariable String id) {
		Charge charge = this.charges.get(id);
		if (charge == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No charge '" + id + "'");
		}
		return charge;
	}

	@PostMapping
	ResponseEntity<Charge> pay(@RequestHeader("Idempotency-Key") String key, @RequestBody Charge.Order order) {
		if (order.quantity() < 1 || order.amount().signum() <= 0) {
			throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "Nothing to pay");
		}
		Charge charge = this.chargesByKey.computeIfAbsent(key, (first) -> charge(order));
		return ResponseEntity.created(URI.create("/upstream/payments/charges/" + charge.id())).body(charge);
	}

	private Charge charge(Charge.Order order) {
		if (!this.stock.take(order.item(), order.quantity())) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"There are not " + order.quantity() + " of '" + order.item() + "' in stock");
		}
		Charge charge = order.charged("c" + this.lastId.incrementAndGet());
		this.charges.put(charge.id(), charge);
		return charge;
	}

}
