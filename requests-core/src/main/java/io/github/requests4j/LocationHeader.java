package io.github.requests4j;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.Response;

/**
 * Reads the Location of a redirect: header text is Latin-1 on the wire, but servers send
 * UTF-8 (behaviour 150).
 */
final class LocationHeader {

	private LocationHeader() {
	}

	static @Nullable String read(Response response) {
		String value = response.headers().get("Location");
		if (value == null || value.isEmpty()) {
			return null;
		}
		return isAscii(value) ? value : decode(value, response);
	}

	private static boolean isAscii(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (value.charAt(i) > 0x7f) {
				return false;
			}
		}
		return true;
	}

	private static String decode(String value, Response response) {
		byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new InvalidHeaderException(
					"The Location of the redirect is not valid UTF-8, so it cannot be followed", ex, null, response);
		}
	}

}
