package io.github.requests4j;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestsEnvironment;

/**
 * An environment that contains only the given variables.
 */
record MapEnvironment(Map<String, String> variables) implements RequestsEnvironment {

	@Override
	public @Nullable Path home() {
		return null;
	}

	@Override
	public @Nullable String property(String name) {
		return null;
	}

}
