package io.github.requests4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.internal.url.UrlText;

/**
 * Tells what goes over the wire, for logger {@code io.github.requests4j.wire} at DEBUG:
 * request line, headers, how much data goes out, status line and headers of the response.
 * Never a body; credentials, cookies and the values of queries are masked.
 */
public final class WireLog {

	/** The name of the logger. */
	public static final String NAME = "io.github.requests4j.wire";

	private static final Logger logger = LoggerFactory.getLogger(NAME);

	private static final String MASK = "***";

	private WireLog() {
	}

	/** Logs a request head as it goes out. */
	public static void sent(byte[] head, Upload upload, Set<String> masked) {
		String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
		logger.debug("send: {}", maskedTarget(lines[0]));
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
		if (Secrets.isSecretHeader(name) || masked.contains(name.toLowerCase(Locale.ROOT))) {
			return name + ": " + MASK;
		}
		boolean url = name.equalsIgnoreCase("Location") || name.equalsIgnoreCase("Content-Location")
				|| name.equalsIgnoreCase("Referer") || name.equalsIgnoreCase("Link")
				|| name.equalsIgnoreCase("Refresh");
		return name + ": " + (url ? maskedTarget(UrlText.masked(value)) : value);
	}

	/** Keeps the names of a query and masks the values. */
	private static String maskedTarget(String text) {
		int query = text.indexOf('?');
		if (query < 0) {
			return text;
		}
		StringBuilder masked = new StringBuilder(text.length()).append(text, 0, query + 1);
		boolean value = false;
		for (int i = query + 1; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean end = c == '&' || c == ' ' || c == '#' || c == '>';
			if (end || !value) {
				masked.append(c);
			}
			if (c == '=' && !value) {
				masked.append(MASK);
				value = true;
			}
			value = value && !end;
		}
		return masked.toString();
	}

}
