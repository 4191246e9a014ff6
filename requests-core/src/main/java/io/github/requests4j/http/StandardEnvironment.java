package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The environment of this process, or one in which nothing is set.
 */
final class StandardEnvironment implements RequestsEnvironment {

	private final boolean visible;

	StandardEnvironment(boolean visible) {
		this.visible = visible;
	}

	@Override
	public Map<String, String> variables() {
		return this.visible ? RequestsEnvironment.super.variables() : Map.of();
	}

	@Override
	public @Nullable Path home() {
		return this.visible ? RequestsEnvironment.super.home() : null;
	}

	@Override
	public @Nullable String property(String name) {
		return this.visible ? RequestsEnvironment.super.property(name) : null;
	}

}
