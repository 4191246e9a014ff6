package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON bodies. Jackson is not loaded before the first of them.
 */
final class JsonBody {

	static final String CONTENT_TYPE = "application/json";

	private static final int MAX_PATH = 200;

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
		String location = path.isEmpty() ? "" : " (at " + start(path) + ")";
		String reason = String.valueOf(ex.getOriginalMessage());
		if (ex instanceof StreamConstraintsException) {
			location += ". Check whether the value contains itself.";
		}
		return reason.equals(FiniteJsonGenerator.NOT_FINITE) ? reason + location + ". Use null or a string instead."
				: "A value of type " + value.getClass().getName() + " cannot be written as JSON: " + reason + location;
	}

	/** The path of a value that contains itself has hundreds of elements. */
	private static String start(String path) {
		return (path.length() > MAX_PATH) ? path.substring(0, MAX_PATH) + "..." : path;
	}

	/** Creates the mapper when it is first needed. */
	private static final class Default {

		static final JsonMapper MAPPER = JsonMapper.builder().build();

	}

	/**
	 * Rejects NaN and infinities, which JSON does not support and Jackson would write as
	 * strings (RFC 8259 section 6).
	 */
	private static final class FiniteJsonGenerator extends JsonGeneratorDelegate {

		static final String NOT_FINITE = "Out of range float values are not JSON compliant";

		FiniteJsonGenerator(JsonGenerator generator) {
			// Nested objects must use this generator too, not the delegate
			super(generator, false);
		}

		@Override
		public JsonGenerator writeNumber(double value) {
			check(value);
			return super.writeNumber(value);
		}

		@Override
		public JsonGenerator writeNumber(float value) {
			check(value);
			return super.writeNumber(value);
		}

		@Override
		public JsonGenerator writeArray(double[] values, int offset, int length) {
			for (int i = offset; i < offset + length; i++) {
				check(values[i]);
			}
			return super.writeArray(values, offset, length);
		}

		private void check(double value) {
			if (!Double.isFinite(value)) {
				throw new StreamWriteException(this, NOT_FINITE);
			}
		}

	}

}
