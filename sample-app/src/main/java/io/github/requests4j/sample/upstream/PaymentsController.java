package io.github.requests4j.sample.upstream;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
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
 * Accepts payments, once for each idempotency key, behind a {@link BasicGate}.
 */
@UpstreamController
@RequestMapping("/upstream/payments/charges")
class PaymentsController {

	private final AtomicInteger lastId = new AtomicInteger(1000);

	private final Map<String, Charge> charges = new ConcurrentSkipListMap<>();

	private final Map<String, Charge> chargesByKey = new ConcurrentHashMap<>();

	@GetMapping
	List<Charge> list() {
		return List.copyOf(this.charges.values());
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
		Charge charge = this.chargesByKey.computeIfAbsent(key,
				(first) -> order.charged("c" + this.lastId.incrementAndGet()));
		this.charges.put(charge.id(), charge);
		return ResponseEntity.created(URI.create("/upstream/payments/charges/" + charge.id())).body(charge);
	}

}
