package io.github.requests4j.sample.upstream;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Ships parcels after a login.
 */
@UpstreamController
@RequestMapping("/upstream/shipping")
class ShippingController {

	private static final URI PARCELS = URI.create("/upstream/shipping/parcels");

	private final CookieGate gate;

	private final Usage usage;

	private final AtomicInteger lastId = new AtomicInteger(4000);

	private final Map<String, Parcel> parcels = Collections.synchronizedMap(new LinkedHashMap<>());

	private final Map<String, Parcel> parcelsByKey = new ConcurrentHashMap<>();

	ShippingController(CookieGate gate, Usage usage) {
		this.gate = gate;
		this.usage = usage;
	}

	@PostMapping("/login")
	ResponseEntity<Void> login(@RequestParam String user, @RequestParam String password,
			@RequestHeader(name = Usage.COPY, defaultValue = "?") String copy) {
		if (!user.equals("depot") || !password.equals("secret")) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Wrong user name or password");
		}
		this.usage.of(copy).loggedIn();
		return redirect(HttpStatus.SEE_OTHER, PARCELS).header(HttpHeaders.SET_COOKIE, this.gate.issue().toString())
			.build();
	}

	@GetMapping("/parcels")
	List<Parcel> list() {
		synchronized (this.parcels) {
			return List.copyOf(this.parcels.values());
		}
	}

	@GetMapping("/parcels/{id}")
	Parcel parcel(@PathVariable String id) {
		Parcel parcel = this.parcels.get(id);
		if (parcel == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No parcel '" + id + "'");
		}
		return parcel;
	}

	/** Ships goods, once for each idempotency key. */
	@PostMapping("/parcels")
	ResponseEntity<Parcel> ship(@RequestHeader("Idempotency-Key") String key, @RequestBody Parcel.Order order) {
		Parcel parcel = this.parcelsByKey.computeIfAbsent(key, (first) -> {
			Parcel shipped = order.shipped("p" + this.lastId.incrementAndGet());
			this.parcels.put(shipped.id(), shipped);
			return shipped;
		});
		return ResponseEntity.created(URI.create(PARCELS + "/" + parcel.id())).body(parcel);
	}

	/** Redirects from the address on the parcel to a newer one, which redirects again. */
	@GetMapping("/track/{id}")
	ResponseEntity<Void> oldAddress(@PathVariable String id) {
		return redirect(HttpStatus.MOVED_PERMANENTLY, URI.create("/upstream/shipping/tracking/" + id)).build();
	}

	@GetMapping("/tracking/{id}")
	ResponseEntity<Void> newerAddress(@PathVariable String id) {
		return redirect(HttpStatus.FOUND, URI.create(PARCELS + "/" + parcel(id).id())).build();
	}

	private static ResponseEntity.BodyBuilder redirect(HttpStatus status, URI location) {
		return ResponseEntity.status(status).location(location);
	}

}
