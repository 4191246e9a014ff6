package io.github.requests4j.spring.internal.config;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The names that users chose for sessions, headers and so on, with their spelling in
 * configuration files. Environment variables have neither dashes nor lower-case letters,
 * so the spelling of their names is looked up here.
 */
final class ChosenNames {

	private static final String DEFAULTS = RequestsProperties.PREFIX + ".defaults";

	private final Set<Chosen> names = new LinkedHashSet<>();

	/** A name and the key above it. */
	private record Chosen(ConfigurationPropertyName above, String name) {

		boolean isBelow(String group) {
			return this.above.getLastElement(Form.UNIFORM).equals(group);
		}

	}

	/** Adds the user-chosen names in the name of a property. */
	void addAll(ConfigurationPropertyName property) {
		for (int i = 1; i + 1 < property.getNumberOfElements(); i++) {
			String group = property.getElement(i, Form.UNIFORM);
			boolean ofRoot = i == 1 && (group.equals("sessions") || group.equals("clients"));
			boolean deeper = i > 1
					&& (KeyText.NAMED_VALUES.contains(group) || group.equals("adapters") || group.equals("methods"));
			if (ofRoot || deeper) {
				this.names.add(new Chosen(KeyText.chop(property, i + 1), property.getElement(i + 1, Form.ORIGINAL)));
			}
			if (deeper) {
				return;
			}
		}
	}

	/**
	 * Returns the spelling of a name at the same place, otherwise in the defaults,
	 * otherwise at any other place, or null if the name is unknown. Clients may have the
	 * names of sessions.
	 */
	@Nullable String find(String above, String uniform) {
		ConfigurationPropertyName place = ConfigurationPropertyName.adapt(above, '.');
		String group = place.getLastElement(Form.UNIFORM);
		String best = null;
		int rank = 3;
		for (Chosen chosen : this.names) {
			boolean sameGroup = chosen.isBelow(group) || (group.equals("clients") && chosen.isBelow("sessions"));
			if (sameGroup && KeyText.uniform(chosen.name()).equals(uniform)) {
				int distance = chosen.above().equals(place) ? 0
						: chosen.above().toString().startsWith(DEFAULTS) ? 1 : 2;
				if (distance < rank) {
					rank = distance;
					best = chosen.name();
				}
			}
		}
		return best;
	}

}
