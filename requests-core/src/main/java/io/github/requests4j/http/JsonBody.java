package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON for a body (behaviours 85-88). Jackson is not loaded before the first body
 * of this kind.
 */
final class JsonBody {

	static final String CONTENT_TYPE = "application/json";

	private JsonBody() {
	}

	static byte[] write(Object value, @Nullable JsonMapper mapper) {
		ObjectWriter writer = ((mapper != null) ? mapper : Default.MAPPER).writer();
		ByteArrayBuilder target = new ByteArrayBuilder();
		try (FiniteJsonGenerator generator = new FiniteJsonGenerator(writer.createGenerator(target))) {
			writer.writeValue(generator, value);
			generator.flush();
			return target.toByteArray();
		}
		catch (JacksonException ex) {
			throw new InvalidJsonException(message(value, ex), ex);
		}
	}

	private static String message(Object value, JacksonException ex) {
		String path = ex.getPathReference();
		String place = path.isEmpty() ? "" : " (at " + path + ")";
		String reason = String.valueOf(ex.getOriginalMessage());
		return reason.equals(FiniteJsonGenerator.NOT_FINITE) ? reason + place + ". Write null or a text instead."
				: "A value of type " + value.getClass().getName() + " cannot be written as JSON: " + reason + place;
	}

	/** On its own, so that it is made when it is first needed. */
	private static final class Default {

		static final JsonMapper MAPPER = JsonMapper.builder().build();

	}

}
