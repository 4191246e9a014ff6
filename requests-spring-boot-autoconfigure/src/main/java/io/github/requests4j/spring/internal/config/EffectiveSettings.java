package io.github.requests4j.spring.internal.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

import io.github.requests4j.internal.url.UrlText;

/**
 * The settings that a session uses, with the properties that set them. Secrets are
 * masked.
 */
public final class EffectiveSettings {

	private final ConfiguredSessions sessions;

	private final String session;

	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private EffectiveSettings(ConfiguredSessions sessions, String session) {
		this.sessions = sessions;
		this.session = session;
	}

	/**
	 * Returns the settings of a session.
	 * @param sessions the sessions of the configuration
	 * @param session the name of the session
	 * @return the settings by their key below the session; those that are not set and
	 * have no default are omitted
	 * @throws IllegalArgumentException if there is no such session
	 */
	public static Map<String, Setting> of(ConfiguredSessions sessions, String session) {
		EffectiveSettings effective = new EffectiveSettings(sessions, session);
		effective.addAll("", sessions.get(session));
		return effective.settings;
	}

	private void addAll(String prefix, Record group) {
		for (RecordComponent component : group.getClass().getRecordComponents()) {
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), group);
			add(prefix + KeyText.keyOf(component), value);
		}
	}

	private void add(String key, @Nullable Object value) {
		if (value instanceof Record group) {
			addAll(key + ".", group);
		}
		else if (value instanceof Map<?, ?> entries) {
			entries.forEach((name, entry) -> add(key + "[" + name + "]", entry));
		}
		else if (value != null) {
			ConfigurationProperty property = this.sessions.find(this.session, key);
			boolean relevant = property != null || !(value instanceof List<?> list && list.isEmpty());
			if (relevant) {
				this.settings.put(UrlText.masked(key), setting(key, value, property));
			}
		}
	}

	private static Setting setting(String key, Object value, @Nullable ConfigurationProperty property) {
		Object shown = SecretSettings.shown(key, plain(value));
		return (property != null)
				? new Setting(shown, UrlText.masked(property.getName().toString()), (property.getOrigin() != null)
						? RequestsConfigurationException.shown(property.getOrigin()) : null)
				: new Setting(shown, null, null);
	}

	private static Object plain(Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT);
		}
		return (value instanceof Duration || value instanceof CallDeadline || value instanceof DataSize)
				? value.toString() : value;
	}

	/**
	 * One setting. Immutable.
	 *
	 * @param value the value, or a mask in its place
	 * @param property the full name of the property that set it, or {@code null} for a
	 * default of the library
	 * @param origin where that property was set, with file and line if they are known, or
	 * {@code null}
	 */
	public record Setting(Object value, @Nullable String property, @Nullable String origin) {
	}

}
