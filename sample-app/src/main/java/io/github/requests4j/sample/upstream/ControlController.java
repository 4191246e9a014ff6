package io.github.requests4j.sample.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Changes the troubles of services:
 * {@code curl -d service=payments -d trouble=flaky localhost:8080/upstream/control}.
 */
@UpstreamController
@RequestMapping("/upstream/control")
class ControlController {

	private final Troubles troubles;

	ControlController(Troubles troubles) {
		this.troubles = troubles;
	}

	@GetMapping
	Map<Troubles.Service, Trouble> show() {
		return this.troubles.all();
	}

	@PostMapping
	ResponseEntity<Void> change(Troubles.Service service, Trouble trouble) {
		this.troubles.set(service, trouble);
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.location(URI.create("/#" + service.name().toLowerCase(Locale.ROOT)))
			.build();
	}

}
