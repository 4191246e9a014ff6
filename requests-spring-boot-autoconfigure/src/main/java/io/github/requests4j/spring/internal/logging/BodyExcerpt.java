package io.github.requests4j.spring.internal.logging;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.UrlText;

/**
 * The beginning of a body as a log may show it: text on one line, with the values of
 * names that sound like secrets masked.
 */
final class BodyExcerpt {

	/** How much of a body is shown. */
	static final int MOST_BYTES = 4 * 1024;

	private static final String CUT = "...";

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
		boolean cut = body.length > MOST_BYTES;
		String text = new String(body, 0, Math.min(body.length, MOST_BYTES), StandardCharsets.UTF_8);
		return printable(SecretMasker.DEFAULT.excerpt(type, text, true) + (cut ? CUT : ""));
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
