package io.github.requests4j.spring.client;

import java.util.Iterator;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Response;

/**
 * One element in each line that is not blank.
 */
final class LineElements implements ElementSource {

	private final Response response;

	private final Iterator<String> lines;

	private final Function<String, @Nullable Object> reader;

	private final boolean blanks;

	LineElements(Response response, Function<String, @Nullable Object> reader, boolean blanks) {
		this.response = response;
		this.lines = response.lines().iterator();
		this.reader = reader;
		this.blanks = blanks;
	}

	@Override
	public @Nullable Object next() {
		while (this.lines.hasNext()) {
			String line = this.lines.next();
			if (this.blanks || !line.isBlank()) {
				return this.reader.apply(line);
			}
		}
		return END;
	}

	@Override
	public void close() {
		this.response.close();
	}

}
