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
 * The properties of one source under {@code requests} in normalized form. Names get one
 * spelling, environment variables are assigned to keys, short forms are expanded so that
 * both forms merge in the same way ({@code max-retries: 3} becomes
 * {@code max-retries.total: 3}), placeholders are resolved, and values are trimmed.
 */
final class SettingsSource implements IterableConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	private final PropertySourcesPlaceholdersResolver placeholders;

	private final Map<ConfigurationPropertyName, Written> properties = new LinkedHashMap<>();

	/** The properties by an identity that is the same for all spellings of a setting. */
	private final Map<Object, Written> identities = new HashMap<>();

	private final List<RequestsConfigurationException> mistakes = new ArrayList<>();

	/** The resolved properties, once they are kept. */
	private @Nullable Map<ConfigurationPropertyName, ConfigurationProperty> kept;

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
	 * Returns the sources of an environment in their order. Environment variables are
	 * read last, because the other sources contain the spelling of user-chosen names,
	 * such as those of sessions.
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

	/**
	 * Returns a resolver that fails if a placeholder has no value, because the text
	 * "${TOKEN}" must not be sent.
	 */
	private static PropertySourcesPlaceholdersResolver strictPlaceholders(Environment environment) {
		return new PropertySourcesPlaceholdersResolver(((ConfigurableEnvironment) environment).getPropertySources(),
				new PropertyPlaceholderHelper("${", "}", ":", '\\', false));
	}

	/**
	 * Rejects keys that do not exist and settings that are set twice.
	 */
	void check() {
		if (!this.mistakes.isEmpty()) {
			throw this.mistakes.get(0);
		}
	}

	/**
	 * Keeps the current values, because a source may change and placeholders may get
	 * other values.
	 */
	void keepValues() {
		Map<ConfigurationPropertyName, ConfigurationProperty> read = new HashMap<>();
		for (ConfigurationPropertyName name : this.properties.keySet()) {
			try {
				ConfigurationProperty property = read(name);
				if (property != null) {
					read.put(name, property);
				}
			}
			catch (RequestsConfigurationException ex) {
				// Another source overrides it, because otherwise the start would have
				// failed
				continue;
			}
		}
		this.kept = read;
	}

	/** Returns whether this source contains environment variables. */
	boolean isEnvironment() {
		return this.source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/** Returns the names of all properties, including those of empty groups. */
	Stream<ConfigurationPropertyName> names() {
		return this.properties.keySet().stream();
	}

	/** Returns where a property was set, without reading its value. */
	@Nullable Origin origin(ConfigurationPropertyName name) {
		Written property = this.properties.get(name);
		return (property != null) ? origin(property.written()) : null;
	}

	private void readProperties() {
		boolean mayBeForeign = isEnvironment() || isSystemProperties();
		forEachName((written) -> {
			ConfigurationPropertyName name = isVariable(written) ? null : KeyText.parse(written);
			if (name == null || KnownKeys.isTestKey(name)) {
				return;
			}
			String swallowed = KnownKeys.swallowedByHeaders(name);
			if (swallowed != null) {
				this.mistakes.add(BindMistakes.swallowedByHeaders(name, swallowed, origin(written)));
			}
			else if (KnownKeys.contains(name)) {
				add(name, new Written(name, written, false));
			}
			else if (!mayBeForeign || KnownKeys.isBelowArea(name)) {
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
		forEachName((written) -> {
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

	private void forEachName(Consumer<String> reader) {
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
		// Header names that differ only in case are the same
		Object same = path.isUnder("headers") ? name.toString().toLowerCase(Locale.ROOT) : key;
		Written other = this.identities.putIfAbsent(same, property);
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
		if (this.kept != null && this.properties.containsKey(name)) {
			return this.kept.get(name);
		}
		return read(name);
	}

	private @Nullable ConfigurationProperty read(ConfigurationPropertyName name) {
		Written known = this.properties.get(name);
		ConfigurationProperty property = (known != null) ? (known.empty() ? null : property(known))
				: (this.source instanceof IterableConfigurationPropertySource) ? null : lookUp(name);
		return (property != null) ? expanded(name, resolved(property)) : null;
	}

	/**
	 * Returns 0 in place of {@code false} and {@code off} for the number of retries and
	 * the size of a cache.
	 */
	private static ConfigurationProperty expanded(ConfigurationPropertyName name, ConfigurationProperty property) {
		boolean off = !name.equals(property.getName()) && KeyPath.of(name).isAmount()
				&& SessionProperties.isOff(String.valueOf(property.getValue()));
		return off ? new ConfigurationProperty(property.getName(), "0", property.getOrigin()) : property;
	}

	/** Looks up a property in a source that cannot list its properties. */
	private @Nullable ConfigurationProperty lookUp(ConfigurationPropertyName name) {
		KeyPath path = KeyPath.of(name);
		if (path.isShortForm()) {
			return null;
		}
		ConfigurationProperty property = this.source.getConfigurationProperty(name);
		return (property == null && path.isLongForm()) ? this.source.getConfigurationProperty(name.getParent())
				: property;
	}

	private ConfigurationProperty resolved(ConfigurationProperty property) {
		if (!(property.getValue() instanceof CharSequence text)) {
			return property;
		}
		try {
			String value = String.valueOf(this.placeholders.resolvePlaceholders(text.toString()));
			String trimmed = SecretSettings.isVerbatim(property.getName()) ? withoutLineEnd(value) : value.strip();
			return new ConfigurationProperty(property.getName(), trimmed, property.getOrigin());
		}
		catch (PlaceholderResolutionException ex) {
			throw BindMistakes.unresolved(property, ex.getPlaceholder());
		}
	}

	/**
	 * Removes line ends at the end of a value. Tools often write one after a secret, and
	 * it is never part of it.
	 */
	private static String withoutLineEnd(String value) {
		int end = value.length();
		while (end > 0 && (value.charAt(end - 1) == '\n' || value.charAt(end - 1) == '\r')) {
			end--;
		}
		return value.substring(0, end);
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return this.properties.entrySet()
			.stream()
			.filter((property) -> !property.getValue().empty())
			.map(Map.Entry::getKey);
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
