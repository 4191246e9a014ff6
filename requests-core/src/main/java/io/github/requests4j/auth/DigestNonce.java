package io.github.requests4j.auth;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.requests4j.http.BasicCredentials;

/**
 * A challenge together with how often its nonce was used (behaviour 140). Threads that
 * use it at the same time get different counts. Safe for many threads.
 */
final class DigestNonce {

	private static final int CNONCE_BYTES = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final DigestChallenge challenge;

	private final AtomicInteger uses;

	DigestNonce(DigestChallenge challenge) {
		this(challenge, new AtomicInteger());
	}

	private DigestNonce(DigestChallenge challenge, AtomicInteger uses) {
		this.challenge = challenge;
		this.uses = uses;
	}

	/** The same nonce in another challenge: it goes on counting. */
	DigestNonce in(DigestChallenge other) {
		return this.challenge.equals(other) ? this : new DigestNonce(other, this.uses);
	}

	String answer(BasicCredentials credentials, String method, String uri) {
		byte[] cnonce = new byte[CNONCE_BYTES];
		RANDOM.nextBytes(cnonce);
		return this.challenge.answer(credentials, method, uri, this.uses.incrementAndGet(),
				HexFormat.of().formatHex(cnonce));
	}

	/** Whether a header answers this challenge for that target. */
	boolean isAnsweredBy(String header, BasicCredentials credentials, String uri) {
		return header.startsWith(this.challenge.start(credentials, uri));
	}

}
