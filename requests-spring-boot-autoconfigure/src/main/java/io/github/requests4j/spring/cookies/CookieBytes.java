package io.github.requests4j.spring.cookies;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.Cookie;

/**
 * Converts cookies to bytes and back. A cookie that is read is checked like one that a
 * caller creates, because the store may contain anything.
 */
final class CookieBytes {

	private static final int VERSION = 1;

	private static final int MAX_BYTES = 64 * 1024;

	private static final int MAX_ATTRIBUTES = 100;

	private CookieBytes() {
	}

	/**
	 * Returns a cookie as bytes, or null if it is too long to be stored.
	 */
	static byte @Nullable [] write(Cookie cookie) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			text(out, cookie.name());
			text(out, cookie.value());
			text(out, cookie.domain());
			out.writeBoolean(cookie.hostOnly());
			text(out, cookie.boundHost());
			text(out, cookie.path());
			out.writeBoolean(cookie.secure());
			out.writeBoolean(cookie.httpOnly());
			text(out, cookie.sameSite());
			text(out, (cookie.expires() != null) ? cookie.expires().toString() : null);
			out.writeByte(Math.min(cookie.rest().size(), MAX_ATTRIBUTES));
			for (Map.Entry<String, String> attribute : cookie.rest()
				.entrySet()
				.stream()
				.limit(MAX_ATTRIBUTES)
				.toList()) {
				text(out, attribute.getKey());
				text(out, attribute.getValue());
			}
		}
		catch (IOException ex) {
			// Writing to memory only fails for text that is too long
			return null;
		}
		return (bytes.size() <= MAX_BYTES) ? bytes.toByteArray() : null;
	}

	private static void text(DataOutputStream out, @Nullable String text) throws IOException {
		out.writeBoolean(text != null);
		if (text != null) {
			out.writeUTF(text);
		}
	}

	/**
	 * Returns the cookie that the bytes represent, or null if they are not valid.
	 */
	static @Nullable Cookie read(byte[] bytes) {
		if (bytes.length > MAX_BYTES) {
			return null;
		}
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			return (in.readByte() == VERSION) ? cookie(in) : null;
		}
		catch (IOException | IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static Cookie cookie(DataInputStream in) throws IOException {
		Cookie.Builder cookie = Cookie.builder(required(in), text(in)).domain(required(in)).hostOnly(in.readBoolean());
		String boundHost = text(in);
		cookie.path(required(in)).secure(in.readBoolean()).httpOnly(in.readBoolean()).sameSite(text(in));
		String expires = text(in);
		cookie.expires((expires != null) ? Instant.parse(expires) : null);
		Map<String, String> rest = new LinkedHashMap<>();
		for (int left = in.readByte(); left > 0; left--) {
			rest.put(required(in), required(in));
		}
		if (in.read() >= 0) {
			throw new IllegalArgumentException("There are more bytes after the cookie");
		}
		Cookie read = cookie.rest(rest).build();
		return (boundHost != null) ? read.bindTo(boundHost) : read;
	}

	private static String required(DataInputStream in) throws IOException {
		String text = text(in);
		if (text == null) {
			throw new IllegalArgumentException("A part of the cookie is missing");
		}
		return text;
	}

	private static @Nullable String text(DataInputStream in) throws IOException {
		return in.readBoolean() ? in.readUTF() : null;
	}

}
