package io.github.requests4j.spring.management;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.requests4j.spring.internal.config.SecretSettings;

/**
 * Masks secrets of requests in the endpoints that show properties, {@code env} above all,
 * even where {@code show-values} lets everything else through.
 */
final class SecretsSanitizingFunction implements SanitizingFunction {

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		String key = data.getLowerCaseKey();
		if (value == null || key == null || !key.startsWith("requests")) {
			return data;
		}
		ConfigurationPropertyName name = name(data.getKey());
		if (name.getNumberOfElements() < 2
				|| !name.getElement(0, ConfigurationPropertyName.Form.UNIFORM).equals("requests")) {
			return data;
		}
		Object shown = SecretSettings.shown(name, value);
		return shown.equals(value) ? data : data.withValue(shown);
	}

	/** Variables of the environment have underscores where properties have dots. */
	private static ConfigurationPropertyName name(String key) {
		return (key.indexOf('.') < 0) ? SecretSettings.ofVariable(key) : ConfigurationPropertyName.adapt(key, '.');
	}

}
