package io.github.requests4j.spring.oauth2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * The stored form of a token: a version, the times of issue and expiry in milliseconds,
 * and the token.
 */
final class TokenFormat {

	private static final byte VERSION = 1;

	private static final int HEAD_BYTES = 1 + 2 * Long.BYTES;

	/** Marks a time that is unknown. */
	private static final long UNKNOWN = Long.MIN_VALUE;

	/** 31 December 9999, the last day whose milliseconds every library can read. */
	private static final long MAX_MILLIS = 253_402_300_799_999L;

	private TokenFormat() {
	}

	static byte[] write(OAuth2AccessToken token) {
		byte[] value = token.getTokenValue().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(HEAD_BYTES + value.length)
			.put(VERSION)
			.putLong(millis(token.getIssuedAt()))
			.putLong(millis(token.getExpiresAt()))
			.put(value)
			.array();
	}

	private static long millis(@Nullable Instant time) {
		return (time != null) ? time.toEpochMilli() : UNKNOWN;
	}

	/**
	 * Reads a token.
	 * @return the token, or null if the bytes are not valid or the token cannot be sent
	 * in a header
	 */
	static @Nullable OAuth2AccessToken read(byte[] bytes) {
		if (bytes.length <= HEAD_BYTES || bytes[0] != VERSION) {
			return null;
		}
		for (int i = HEAD_BYTES; i < bytes.length; i++) {
			if (bytes[i] <= ' ' || bytes[i] == 0x7f) {
				return null;
			}
		}
		long issued = ByteBuffer.wrap(bytes).getLong(1);
		long expires = ByteBuffer.wrap(bytes).getLong(1 + Long.BYTES);
		if (!isTime(issued) || !isTime(expires) || (expires != UNKNOWN && expires <= issued)) {
			return null;
		}
		String value = new String(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES, StandardCharsets.US_ASCII);
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value, instant(issued), instant(expires));
	}

	private static boolean isTime(long millis) {
		return millis == UNKNOWN || (millis >= 0 && millis <= MAX_MILLIS);
	}

	private static @Nullable Instant instant(long millis) {
		return (millis != UNKNOWN) ? Instant.ofEpochMilli(millis) : null;
	}

}
