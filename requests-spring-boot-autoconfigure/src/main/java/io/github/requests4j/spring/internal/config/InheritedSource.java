package io.github.requests4j.spring.internal.config;

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Presents the keys under one name as keys under another name. Sessions inherit the
 * defaults this way, and each key keeps its origin.
 */
final class InheritedSource implements IterableConfigurationPropertySource {

	private final IterableConfigurationPropertySource source;

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName target;

	private final Predicate<KeyPath> hidden;

	InheritedSource(IterableConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName target, Predicate<KeyPath> hidden) {
		this.source = source;
		this.from = from;
		this.target = target;
		this.hidden = hidden;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		if (name == null || !this.target.isAncestorOf(name) || this.hidden.test(KeyPath.of(name))) {
			return null;
		}
		return this.source.getConfigurationProperty(move(name, this.target, this.from));
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return this.source.stream()
			.filter(this.from::isAncestorOf)
			.map((name) -> move(name, this.from, this.target))
			.filter((name) -> !this.hidden.test(KeyPath.of(name)));
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (!this.target.isAncestorOf(name) && !this.target.equals(name)) {
			return ConfigurationPropertyState.ABSENT;
		}
		if (this.hidden.test(KeyPath.of(name))) {
			return ConfigurationPropertyState.ABSENT;
		}
		return this.source.containsDescendantOf(move(name, this.target, this.from));
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
