package io.github.requests4j.http;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Refuses NaN and the infinities, for which JSON has no notation and Jackson would write
 * text (behaviour 88; RFC 8259 section 6).
 */
final class FiniteJsonGenerator extends JsonGeneratorDelegate {

	static final String NOT_FINITE = "Out of range float values are not JSON compliant";

	FiniteJsonGenerator(JsonGenerator generator) {
		// Objects within objects must come back here too, not go to the generator behind
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
