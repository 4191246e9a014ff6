package io.github.requests4j.spring.internal.logging;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.UrlText;

/**
 * The beginning of a body in a form that is safe to log. It is text on one line, with the
 * values of secret names masked.
 */
final class BodyExcerpt {

	/** The maximum number of bytes of a body that are shown. */
	static final int MAX_BYTES = 4 * 1024;

	private static final String TRUNCATED = "...";

	private BodyExcerpt() {
	}

	static String of(byte[] body, @Nullable String contentType) {
		if (body.length == 0) {
			return "(empty)";
		}
		String type = (contentType != null) ? contentType.toLowerCase(Locale.ROOT) : "";
		if (!isText(type)) {
			return "(" + body.length + " bytes" + (type.isEmpty() ? "" : " of " + UrlText.printable(type)) + ")";
		}
		boolean truncated = body.length > MAX_BYTES;
		String text = new String(body, 0, Math.min(body.length, MAX_BYTES), StandardCharsets.UTF_8);
		return printable(SecretMasker.DEFAULT.excerpt(type, text, true) + (truncated ? TRUNCATED : ""));
	}

	private static boolean isText(String type) {
		return type.startsWith("text/") || type.contains("json") || type.contains("xml")
				|| type.contains("x-www-form-urlencoded");
	}

	private static String printable(String text) {
		StringBuilder line = new StringBuilder(text.length());
		text.lines().forEach((part) -> line.append(line.isEmpty() ? "" : "\\n").append(UrlText.printable(part)));
		return line.toString();
	}

}
