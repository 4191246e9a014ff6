package io.github.requests4j.spring.internal.logging;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.internal.url.UrlText;

/**
 * The beginning of a body as a log may show it: text on one line, with the values of
 * names that sound like secrets masked in forms and JSON.
 */
final class BodyExcerpt {

	/** How much of a body is shown. */
	static final int MOST_BYTES = 4 * 1024;

	private static final String MASK = "***";

	private static final String CUT = "...";

	private static final JsonMapper JSON = JsonMapper.shared();

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
		return printable(masked(text, type, cut));
	}

	private static boolean isText(String type) {
		return type.startsWith("text/") || type.contains("json") || type.contains("xml")
				|| type.contains("x-www-form-urlencoded");
	}

	private static String masked(String text, String type, boolean cut) {
		if (type.contains("json")) {
			return maskedJson(text);
		}
		String masked = type.contains("form-urlencoded") ? Secrets.maskPairs(text) : text;
		return cut ? masked + CUT : masked;
	}

	/** Copies the document up to its end, or to where it was cut or is none. */
	private static String maskedJson(String text) {
		StringWriter shown = new StringWriter();
		boolean complete = false;
		try (JsonParser parser = JSON.createParser(text); JsonGenerator generator = JSON.createGenerator(shown)) {
			while (parser.nextToken() != null) {
				copy(parser, generator);
			}
			complete = true;
		}
		catch (JacksonException ex) {
			// What was copied so far is shown
		}
		return complete ? shown.toString() : shown + CUT;
	}

	private static void copy(JsonParser parser, JsonGenerator generator) {
		generator.copyCurrentEvent(parser);
		String name = parser.currentName();
		if (parser.currentToken() == JsonToken.PROPERTY_NAME && name != null && Secrets.isSecretHeader(name)) {
			if (parser.nextToken() != null) {
				parser.skipChildren();
				generator.writeString(MASK);
			}
		}
	}

	private static String printable(String text) {
		StringBuilder line = new StringBuilder(text.length());
		text.lines().forEach((part) -> line.append(line.isEmpty() ? "" : "\\n").append(UrlText.printable(part)));
		return line.toString();
	}

}
