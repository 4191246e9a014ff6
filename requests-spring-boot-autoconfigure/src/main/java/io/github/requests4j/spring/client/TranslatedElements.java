package io.github.requests4j.spring.client;

import java.io.IOException;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Turns the errors of Jackson into ours. In a class of its own, since Jackson may be
 * absent.
 *
 * @param source what reads the elements
 * @param response what they are read from
 * @param element what they are
 */
record TranslatedElements(ElementSource source, Response response, Type element) implements ElementSource {

	@Override
	public @Nullable Object next() throws IOException {
		try {
			return this.source.next();
		}
		catch (JacksonException ex) {
			if (ex.getCause() instanceof RequestException broken) {
				throw broken;
			}
			throw new InvalidJsonException("An element of the response cannot be read as " + this.element.getTypeName()
					+ ": " + ex.getOriginalMessage(), ex)
				.attach(null, this.response);
		}
	}

	@Override
	public void close() {
		this.source.close();
	}

}
