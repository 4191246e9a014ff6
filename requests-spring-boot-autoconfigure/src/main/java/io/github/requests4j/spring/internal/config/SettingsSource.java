package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;

/**
 * The properties of one source below {@code requests}, however they are written: names
 * are spelled in one way, variables of the environment are assigned to keys, short forms
 * are spelled out so that both forms merge alike ({@code max-retries: 3} reads as
 * {@code max-retries.total: 3}), placeholders are resolved, and values are trimmed.
 */
final class SettingsSource implements IterableConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	private final PropertySourcesPlaceholdersResolver placeholders;

	private final Map<ConfigurationPropertyName, Written> properties = new LinkedHashMap<>();

	/** What two properties of one source must not share, although their names differ. */
	private final Map<Object, Written> alike = new HashMap<>();

	private final List<RequestsConfigurationException> mistakes = new ArrayList<>();

	private SettingsSource(ConfigurationPropertySource source, PropertySourcesPlaceholdersResolver placeholders) {
		this.source = source;
		this.placeholders = placeholders;
	}

	/**
	 * One property as it is written.
	 *
	 * @param name its name for messages
	 * @param written its name in the source
	 * @param empty whether it is a group without keys, as in {@code github: {}}
	 */
	private record Written(ConfigurationPropertyName name, String written, boolean empty) {
	}

	/**
	 * Reads the sources of an environment in their order. Variables are read last, since
	 * the others know how the names of sessions and the like are spelled.
	 */
	static List<SettingsSource> of(Environment environment) {
		PropertySourcesPlaceholdersResolver placeholders = strictPlaceholders(environment);
		List<SettingsSource> sources = new ArrayList<>();
		ConfigurationPropertySources.get(environment)
			.forEach((source) -> sources.add(new SettingsSource(source, placeholders)));
		ChosenNames chosen = new ChosenNames();
		sources.forEach(SettingsSource::readProperties);
		sources.forEach((source) -> source.names().forEach(chosen::addAll));
		sources.forEach((source) -> source.readVariables(new VariableNames(chosen)));
		return List.copyOf(sources);
	}

	/** A placeholder "${TOKEN}" without a value must not be sent as it is. */
	private static PropertySourcesPlaceholdersResolver strictPlaceholders(Environment environment) {
		return new PropertySourcesPlaceholdersResolver(((ConfigurableEnvironment) environment).getPropertySources(),
				new PropertyPlaceholderHelper("${", "}", ":", '\\', false));
	}

	/**
	 * Rejects keys that do not exist and settings that are made twice.
	 */
	void check() {
		if (!this.mistakes.isEmpty()) {
			throw this.mistakes.get(0);
		}
	}

	/** Whether this source holds variables of the environment. */
	boolean isEnvironment() {
		return this.source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/** The names of all properties, those of empty groups included. */
	Stream<ConfigurationPropertyName> names() {
		return this.properties.keySet().stream();
	}

	/** Where a property was set, without a look at its value. */
	@Nullable Origin origin(ConfigurationPropertyName name) {
		Written property = this.properties.get(name);
		return (property != null) ? origin(property.written()) : null;
	}

	private void readProperties() {
		boolean benign = isEnvironment() || isSystemProperties();
		written((written) -> {
			ConfigurationPropertyName name = isVariable(written) ? null : KeyText.parse(written);
			if (name == null || KnownKeys.isOfTests(name)) {
				return;
			}
			String swallowed = KnownKeys.swallowedByHeaders(name);
			if (swallowed != null) {
				this.mistakes.add(BindMistakes.swallowedByHeaders(name, swallowed, origin(written)));
			}
			else if (KnownKeys.contains(name)) {
				add(name, new Written(name, written, false));
			}
			else if (!benign || KnownKeys.isBelowArea(name)) {
				this.mistakes.add(BindMistakes.unknownKey(name, origin(written)));
			}
		});
	}

	private void readVariables(VariableNames names) {
		if (!isEnvironment()) {
			return;
		}
		String prefix = (this.source.getUnderlyingSource() instanceof PropertySourceInfo lookup
				&& lookup.getPrefix() != null) ? lookup.getPrefix().toUpperCase(Locale.ROOT) + "_" : "";
		written((written) -> {
			String variable = written.toUpperCase(Locale.ROOT);
			if (!isVariable(written) || !variable.startsWith(prefix + "REQUESTS_")) {
				return;
			}
			ConfigurationPropertyName name = names.property(variable.substring(prefix.length()));
			if (name != null) {
				add(name, new Written(name, written, false));
			}
			else if (VariableNames.isMistake(variable.substring(prefix.length()))) {
				this.mistakes.add(BindMistakes.unknownVariable(written, origin(written)));
			}
		});
	}

	private boolean isVariable(String written) {
		return isEnvironment() && written.indexOf('.') < 0;
	}

	private boolean isSystemProperties() {
		return this.source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable
				&& enumerable.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

	private void written(Consumer<String> reader) {
		if (this.source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable) {
			for (String written : enumerable.getPropertyNames()) {
				reader.accept(written);
			}
		}
		else if (this.source instanceof IterableConfigurationPropertySource iterable) {
			iterable.stream().map(ConfigurationPropertyName::toString).forEach(reader);
		}
	}

	private void add(ConfigurationPropertyName name, Written property) {
		KeyPath path = KeyPath.of(name);
		boolean empty = path.isGroup() && isEmpty(property.written());
		ConfigurationPropertyName key = path.isShortForm() ? name.append(path.longForm()) : name;
		// Names of headers that differ in capitals only are the same
		Object same = path.isUnder("headers") ? name.toString().toLowerCase(Locale.ROOT) : key;
		Written other = this.alike.putIfAbsent(same, property);
		if (other == null) {
			this.properties.put(key, new Written(property.name(), property.written(), empty));
		}
		else {
			this.mistakes.add(BindMistakes.setTwice(property.written(), origin(property.written()), other.written(),
					origin(other.written())));
		}
	}

	private boolean isEmpty(String written) {
		return value(written) instanceof CharSequence text && text.toString().isBlank();
	}

	private @Nullable Object value(String written) {
		if (this.source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable) {
			return enumerable.getProperty(written);
		}
		ConfigurationProperty property = this.source
			.getConfigurationProperty(ConfigurationPropertyName.adapt(written, '.'));
		return (property != null) ? property.getValue() : null;
	}

	private @Nullable Origin origin(String written) {
		return (this.source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable)
				? PropertySourceOrigin.get(enumerable, written)
				: Origin.from(this.source.getConfigurationProperty(ConfigurationPropertyName.adapt(written, '.')));
	}

	private @Nullable ConfigurationProperty property(Written property) {
		Object value = value(property.written());
		return (value != null) ? new ConfigurationProperty(property.name(), value, origin(property.written())) : null;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		if (name == null) {
			return null;
		}
		Written known = this.properties.get(name);
		ConfigurationProperty property = (known != null) ? (known.empty() ? null : property(known))
				: (this.source instanceof IterableConfigurationPropertySource) ? null : asked(name);
		return (property != null) ? spelledOut(name, readable(property)) : null;
	}

	/** Retries or a cache that are switched off are the same as none. */
	private static ConfigurationProperty spelledOut(ConfigurationPropertyName name, ConfigurationProperty property) {
		boolean off = !name.equals(property.getName()) && KeyPath.of(name).isAmount()
				&& "false".equalsIgnoreCase(String.valueOf(property.getValue()));
		return off ? new ConfigurationProperty(property.getName(), "0", property.getOrigin()) : property;
	}

	/** A source that cannot list its properties has to be asked for each. */
	private @Nullable ConfigurationProperty asked(ConfigurationPropertyName name) {
		KeyPath path = KeyPath.of(name);
		if (path.isShortForm()) {
			return null;
		}
		ConfigurationProperty property = this.source.getConfigurationProperty(name);
		return (property == null && path.isLongForm()) ? this.source.getConfigurationProperty(name.getParent())
				: property;
	}

	private ConfigurationProperty readable(ConfigurationProperty property) {
		if (!(property.getValue() instanceof CharSequence text)) {
			return property;
		}
		try {
			String resolved = String.valueOf(this.placeholders.resolvePlaceholders(text.toString()));
			String trimmed = SecretSettings.isVerbatim(property.getName()) ? withoutLineEnd(resolved)
					: resolved.strip();
			return new ConfigurationProperty(property.getName(), trimmed, property.getOrigin());
		}
		catch (PlaceholderResolutionException ex) {
			throw BindMistakes.unresolved(property, ex.getPlaceholder());
		}
	}

	/** Files and variables that tools write end in one; no secret does. */
	private static String withoutLineEnd(String value) {
		int end = value.length();
		while (end > 0 && (value.charAt(end - 1) == '\n' || value.charAt(end - 1) == '\r')) {
			end--;
		}
		return value.substring(0, end);
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return names().filter((name) -> !this.properties.get(name).empty());
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

}
