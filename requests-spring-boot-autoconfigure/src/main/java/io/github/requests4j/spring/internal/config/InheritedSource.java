package io.github.requests4j.spring.internal.config;

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Shows the keys below one name as if they stood below another: how defaults reach a
 * session, each with its true origin.
 */
final class InheritedSource implements IterableConfigurationPropertySource {

	private final IterableConfigurationPropertySource source;

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName heir;

	private final Predicate<KeyPath> hidden;

	InheritedSource(IterableConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName heir, Predicate<KeyPath> hidden) {
		this.source = source;
		this.from = from;
		this.heir = heir;
		this.hidden = hidden;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		if (name == null || !this.heir.isAncestorOf(name) || this.hidden.test(KeyPath.of(name))) {
			return null;
		}
		return this.source.getConfigurationProperty(move(name, this.heir, this.from));
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return this.source.stream()
			.filter(this.from::isAncestorOf)
			.map((name) -> move(name, this.from, this.heir))
			.filter((name) -> !this.hidden.test(KeyPath.of(name)));
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (!this.heir.isAncestorOf(name) && !this.heir.equals(name)) {
			return ConfigurationPropertyState.ABSENT;
		}
		if (this.hidden.test(KeyPath.of(name))) {
			return ConfigurationPropertyState.ABSENT;
		}
		return this.source.containsDescendantOf(move(name, this.heir, this.from));
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

	private static ConfigurationPropertyName move(ConfigurationPropertyName name, ConfigurationPropertyName from,
			ConfigurationPropertyName to) {
		String rest = KeyText.spelling(name, from.getNumberOfElements(), name.getNumberOfElements());
		String above = KeyText.spelling(to, 0, to.getNumberOfElements());
		return ConfigurationPropertyName.adapt(above + (rest.startsWith("[") ? rest : "." + rest), '.');
	}

}
