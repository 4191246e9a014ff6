package io.github.requests4j.conformance;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestsEnvironment;

/**
 * An environment of given variables, a home directory if need be, and nothing else.
 */
record Variables(Map<String, String> variables, @Nullable Path home) implements RequestsEnvironment {

	Variables(Map<String, String> variables) {
		this(variables, null);
	}

	@Override
	public @Nullable String property(String name) {
		return null;
	}

}
