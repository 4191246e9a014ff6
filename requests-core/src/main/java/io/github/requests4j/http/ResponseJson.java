package io.github.requests4j.http;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.internal.text.TextCodec;

/**
 * Reads the content of a response as JSON. A separate class, so that Jackson is only
 * loaded if JSON is read.
 */
final class ResponseJson {

	private static final String NO_VALUE = "Expecting value";

	private static final String EXTRA_DATA = "Extra data";

	private static final String[] SAFE_MESSAGES = { EXTRA_DATA, "Unexpected character", "Unexpected end-of-input",
			"Illegal unquoted character", "Unrecognized character escape", "Invalid numeric value", "Invalid UTF-8" };

	private final Response response;

	private final JsonMapper mapper;

	private final Type type;

	private final ObjectReader reader;

	private ResponseJson(Response response, JsonMapper mapper, Type type) {
		this.response = response;
		this.mapper = mapper;
		this.type = type;
		// Data after the value is checked here and reported as invalid JSON, not as a
		// wrong type.
		this.reader = mapper.readerFor(mapper.constructType(type))
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	static <T> T read(Response response, @Nullable JsonMapper mapper, Type type) {
		return new ResponseJson(response, (mapper != null) ? mapper : Defaults.MAPPER, type).read();
	}

	private <T> T read() {
		byte[] content = this.response.content();
		String name = Objects.requireNonNullElse(this.response.encoding(), "");
		boolean named = !name.isEmpty();
		String guess = (named || content.length > 3) ? Encodings.guessJsonUtf(content) : null;
		if ("utf-8".equals(guess) && (!named || TextCodec.UTF_8.equals(TextCodec.named(name)))) {
			return readBytes(content);
		}
		TextCodec guessed = (!named && guess != null) ? TextCodec.named(guess) : null;
		String text = (guessed != null) ? guessed.decodeStrictly(content) : null;
		return readText((text != null) ? text : this.response.text());
	}

	// Jackson detects the encoding of bytes itself, so it only gets bytes for which both
	// detections agree.
	private <T> T readBytes(byte[] content) {
		try (JsonParser parser = this.mapper.createParser(content)) {
			return readOne(parser);
		}
		catch (JacksonException ex) {
			if (isMalformed(ex) && TextCodec.UTF_8.decodeStrictly(content) == null) {
				return readText(this.response.text());
			}
			TokenStreamLocation location = ex.getLocation();
			int read = (location != null) ? clamp(location.getByteOffset(), content.length) : 0;
			throw failed(ex, new String(content, 0, read, StandardCharsets.UTF_8));
		}
	}

	private <T> T readText(String text) {
		if (!text.isEmpty() && text.charAt(0) == TextCodec.MARK) {
			throw notJson("Unexpected UTF-8 BOM (decode using utf-8-sig)", "");
		}
		try (JsonParser parser = this.mapper.createParser(text)) {
			return readOne(parser);
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			throw failed(ex,
					text.substring(0, (location != null) ? clamp(location.getCharOffset(), text.length()) : 0));
		}
	}

	private <T> T readOne(JsonParser parser) {
		if (parser.nextToken() == null) {
			throw new StreamReadException(parser, NO_VALUE, parser.currentLocation());
		}
		T value = this.reader.readValue(parser);
		if (this.mapper.isEnabled(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) && parser.nextToken() != null) {
			throw new StreamReadException(parser, EXTRA_DATA, parser.currentTokenLocation());
		}
		return value;
	}

	private RequestException failed(JacksonException error, String before) {
		if (isMalformed(error)) {
			// Without the exception of the parser, which quotes the document.
			return notJson(problem(error), before);
		}
		return new InvalidJsonException("The JSON of " + this.response.label() + " cannot be converted to "
				+ this.type.getTypeName() + at(error.getPathReference())
				+ ". Compare the type with the document. The cause has the details.", error)
			.attach(null, this.response);
	}

	private JsonDecodeException notJson(String problem, String before) {
		int line = 1;
		int lineStart = 0;
		for (int i = 0; i < before.length(); i++) {
			if (before.charAt(i) == '\n') {
				line++;
				lineStart = i + 1;
			}
		}
		int position = before.codePointCount(0, before.length());
		int column = before.codePointCount(lineStart, before.length()) + 1;
		return new JsonDecodeException(problem, position, line, column, null, this.response);
	}

	// Only returns messages that do not contain parts of the document.
	private static String problem(JacksonException error) {
		String message = error.getOriginalMessage();
		if (error instanceof StreamConstraintsException) {
			return message;
		}
		for (String safe : SAFE_MESSAGES) {
			if (message.startsWith(safe)) {
				return message;
			}
		}
		return NO_VALUE;
	}

	private static boolean isMalformed(JacksonException error) {
		return error instanceof StreamConstraintsException
				|| (error instanceof StreamReadException && !(error instanceof InputCoercionException));
	}

	private static String at(@Nullable String path) {
		return (path != null && !path.isEmpty()) ? " at " + path : "";
	}

	private static int clamp(long offset, int length) {
		return (int) Math.max(0, Math.min(offset, length));
	}

	/**
	 * The default mapper, which is as lenient as Python's parser.
	 */
	private static final class Defaults {

		static final JsonMapper MAPPER = JsonMapper.builder()
			.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();

		private Defaults() {
		}

	}

}
