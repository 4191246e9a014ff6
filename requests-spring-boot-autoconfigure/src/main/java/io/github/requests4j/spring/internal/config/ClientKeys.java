package io.github.requests4j.spring.internal.config;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

/**
 * The properties of a client or of one of its methods.
 *
 * @param client the name below {@code requests.clients}
 * @param method the method, or an empty string for the whole client
 */
record ClientKeys(String client, String method) {

	private static final ConfigurationPropertyName CLIENTS = ConfigurationPropertyName
		.of(RequestsProperties.PREFIX + ".clients");

	private static final int CLIENT = CLIENTS.getNumberOfElements();

	private static final int METHOD = CLIENT + 2;

	/** Returns where the first of the properties was set, or null if that is unknown. */
	@Nullable Origin origin(List<? extends IterableConfigurationPropertySource> sources) {
		for (IterableConfigurationPropertySource source : sources) {
			Origin origin = source.stream()
				.filter(this::contains)
				.map(source::getConfigurationProperty)
				.filter(Objects::nonNull)
				.map(Origin::from)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
			if (origin != null) {
				return origin;
			}
		}
		return null;
	}

	private boolean contains(ConfigurationPropertyName name) {
		return CLIENTS.isAncestorOf(name) && name.getElement(CLIENT, Form.ORIGINAL).equals(this.client) && (this.method
			.isEmpty()
				|| (name.getNumberOfElements() > METHOD && name.getElement(METHOD, Form.ORIGINAL).equals(this.method)));
	}

	@Override
	public String toString() {
		return CLIENTS + "." + this.client + (this.method.isEmpty() ? "" : ".methods." + this.method);
	}

}
