package io.github.requests4j.spring.internal.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Which sessions the configuration names.
 */
final class SessionNames {

	/** The key that contains them. */
	static final ConfigurationPropertyName SESSIONS = ConfigurationPropertyName.of(RequestsProperties.PREFIX)
		.append("sessions");

	private SessionNames() {
	}

	/**
	 * The spelling of each name and its place; of two spellings of one name the first
	 * counts.
	 */
	static Map<String, ConfigurationPropertyName> of(Iterable<ConfigurationPropertySource> sources) {
		Set<ConfigurationPropertyName> places = new LinkedHashSet<>();
		sources.forEach((source) -> collect(source, places, false));
		sources.forEach((source) -> collect(source, places, true));
		Map<String, ConfigurationPropertyName> names = new LinkedHashMap<>();
		places.forEach((place) -> names.put(place.getLastElement(Form.ORIGINAL), place));
		return Collections.unmodifiableMap(names);
	}

	/** Variables come last, since their spelling says nothing of dashes and capitals. */
	private static void collect(ConfigurationPropertySource source, Set<ConfigurationPropertyName> places,
			boolean variables) {
		if (source instanceof IterableConfigurationPropertySource iterable
				&& variables == (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
			iterable.stream()
				.filter(SESSIONS::isAncestorOf)
				.forEach((name) -> places.add(name.chop(SESSIONS.getNumberOfElements() + 1)));
		}
	}

}
