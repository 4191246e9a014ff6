package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The environment of this process, or one in which nothing is set.
 */
final class StandardEnvironment implements RequestsEnvironment {

	private final boolean readable;

	StandardEnvironment(boolean readable) {
		this.readable = readable;
	}

	@Override
	public Map<String, String> variables() {
		return this.readable ? RequestsEnvironment.super.variables() : Map.of();
	}

	@Override
	public @Nullable Path home() {
		return this.readable ? RequestsEnvironment.super.home() : null;
	}

	@Override
	public @Nullable String property(String name) {
		return this.readable ? RequestsEnvironment.super.property(name) : null;
	}

}
