package io.github.requests4j.spring.internal.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

/**
 * All properties of a client or of one of its methods, or a single one.
 *
 * @param client the name below {@code requests.clients}
 * @param method the method, or an empty string for the whole client
 * @param key the key below the client or the method, or an empty string for all of them
 */
record ClientKeys(String client, String method, String key) {

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
		if (!CLIENTS.isAncestorOf(name) || !name.getElement(CLIENT, Form.ORIGINAL).equals(this.client)) {
			return false;
		}
		if (!this.method.isEmpty() && (name.getNumberOfElements() <= METHOD
				|| !name.getElement(METHOD, Form.ORIGINAL).equals(this.method))) {
			return false;
		}
		int above = this.method.isEmpty() ? CLIENT + 1 : METHOD + 1;
		List<String> keys = this.key.isEmpty() ? List.of() : List.of(this.key.split("[.]"));
		return name.getNumberOfElements() >= above + keys.size() && IntStream.range(0, keys.size())
			.allMatch((i) -> name.getElement(above + i, Form.UNIFORM).equals(KeyText.uniform(keys.get(i))));
	}

	@Override
	public String toString() {
		return CLIENTS + "." + this.client + (this.method.isEmpty() ? "" : ".methods." + this.method)
				+ (this.key.isEmpty() ? "" : "." + this.key);
	}

}
