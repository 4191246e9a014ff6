package io.github.requests4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;

/**
 * Logs requests and responses to {@code io.github.requests4j.wire} at DEBUG: the request
 * line, the headers, the size of the request body, and the status line and headers of the
 * response. Bodies are never logged; credentials, cookies and the values of queries and
 * fragments are masked.
 */
public final class WireLog {

	/** The name of the logger. */
	public static final String NAME = "io.github.requests4j.wire";

	private static final Logger logger = LoggerFactory.getLogger(NAME);

	private WireLog() {
	}

	/** Logs the head of a request. */
	public static void sent(byte[] head, Upload upload, Set<String> masked) {
		String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
		logger.debug("send: {}", maskedTarget(lines[0], "& "));
		for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
			int colon = lines[i].indexOf(':');
			logger.debug("send: {}",
					maskedField(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip(), masked));
		}
		if (upload.hasBody()) {
			logger.debug("send: data, {}", upload.isChunked() ? "in chunks" : upload.length() + " bytes");
		}
	}

	/** Logs the head of a response. */
	public static void received(ReplyHead head, Set<String> masked) {
		logger.debug("reply: {} {} {}", head.isHttp11() ? "HTTP/1.1" : "HTTP/1.0", head.status(), head.reason());
		CaseInsensitiveHeaders headers = head.headers();
		for (int i = 0; i < headers.size(); i++) {
			logger.debug("header: {}", maskedField(headers.nameAt(i), String.valueOf(headers.valueAt(i)), masked));
		}
	}

	private static String maskedField(String name, String value, Set<String> masked) {
		if (masked.contains(name.toLowerCase(Locale.ROOT))) {
			return name + ": " + Secrets.MASK;
		}
		String shown = SecretMasker.DEFAULT.header(name, value);
		boolean url = shown.startsWith("/") || shown.contains("://") || name.equalsIgnoreCase("Location")
				|| name.equalsIgnoreCase("Content-Location") || name.equalsIgnoreCase("Referer")
				|| name.equalsIgnoreCase("Link") || name.equalsIgnoreCase("Refresh");
		return name + ": " + (url ? maskedTarget(shown, name.equalsIgnoreCase("Link") ? "&#>" : "&#") : shown);
	}

	/** Masks the values of a query and a fragment, and keeps the names. */
	private static String maskedTarget(String text, String ends) {
		int suffix = 0;
		while (suffix < text.length() && text.charAt(suffix) != '?' && text.charAt(suffix) != '#') {
			suffix++;
		}
		StringBuilder masked = new StringBuilder(text.length()).append(text, 0, suffix);
		boolean value = false;
		for (int i = suffix; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean end = ends.indexOf(c) >= 0;
			if (end || !value) {
				masked.append(c);
			}
			if (c == '=' && !value) {
				masked.append(Secrets.MASK);
				value = true;
			}
			value = value && !end;
		}
		return masked.toString();
	}

}
