package io.github.requests4j.sample.upstream;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Issues tokens for client credentials (RFC 6749, section 4.4).
 */
@UpstreamController
@RequestMapping("/upstream/oauth2/token")
class TokenController {

	private static final String CLIENT = "Basic "
			+ HttpHeaders.encodeBasicAuth("depot", "secret", StandardCharsets.US_ASCII);

	private final TokenGate gate;

	private final Usage usage;

	TokenController(TokenGate gate, Usage usage) {
		this.gate = gate;
		this.usage = usage;
	}

	@PostMapping
	ResponseEntity<Token> issue(@RequestHeader(HttpHeaders.AUTHORIZATION) String client,
			@RequestParam("grant_type") String grant,
			@RequestHeader(name = Usage.COPY, defaultValue = "?") String copy) {
		if (!client.equals(CLIENT)) {
			throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "Wrong client id or secret");
		}
		if (!grant.equals("client_credentials")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Only client credentials are accepted");
		}
		this.usage.of(copy).tokenIssued();
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new Token(this.gate.issue(), "Bearer", this.gate.lifetime().toSeconds()));
	}

	record Token(@JsonProperty("access_token") String value, @JsonProperty("token_type") String type,
			@JsonProperty("expires_in") long seconds) {
	}

}
