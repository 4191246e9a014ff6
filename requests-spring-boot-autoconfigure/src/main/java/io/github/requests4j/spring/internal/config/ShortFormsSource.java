package io.github.requests4j.spring.internal.config;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * A property source with its short forms spelled out, so that both forms bind and merge
 * alike: {@code max-retries: 3} reads as {@code max-retries.total: 3}. Also hides
 * {@code key: {}}, which a YAML file turns into an empty text, where the key is that of a
 * group of others.
 */
final class ShortFormsSource implements IterableConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	ShortFormsSource(ConfigurationPropertySource source) {
		this.source = source;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		if (name == null) {
			return null;
		}
		KeyPath path = KeyPath.of(name);
		if (path.isShortForm()) {
			return null;
		}
		ConfigurationProperty property = this.source.getConfigurationProperty(name);
		if (property == null && path.isLongForm()) {
			ConfigurationProperty shortForm = this.source.getConfigurationProperty(name.getParent());
			return (shortForm != null && path.isRetryTotal() && isFalse(shortForm))
					? new ConfigurationProperty(shortForm.getName(), "0", shortForm.getOrigin()) : shortForm;
		}
		return (property != null && path.isGroup() && isEmpty(property)) ? null : property;
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		if (this.source instanceof IterableConfigurationPropertySource iterable) {
			return iterable.stream().map(ShortFormsSource::spellOut).filter((name) -> !isHidden(name));
		}
		return Stream.empty();
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (this.source instanceof IterableConfigurationPropertySource) {
			return IterableConfigurationPropertySource.super.containsDescendantOf(name);
		}
		return this.source.containsDescendantOf(name);
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

	private boolean isHidden(ConfigurationPropertyName name) {
		return KeyPath.of(name).isGroup() && getConfigurationProperty(name) == null;
	}

	private static ConfigurationPropertyName spellOut(ConfigurationPropertyName name) {
		KeyPath path = KeyPath.of(name);
		return path.isShortForm() ? name.append(path.longForm()) : name;
	}

	/** Whether retries are switched off, which is the same as none. */
	private static boolean isFalse(ConfigurationProperty property) {
		return "false".equalsIgnoreCase(String.valueOf(property.getValue()).strip());
	}

	private static boolean isEmpty(ConfigurationProperty property) {
		return property.getValue() instanceof CharSequence text && text.isEmpty();
	}

}
