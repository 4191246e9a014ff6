package io.github.requests4j.spring.management;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.requests4j.spring.internal.config.SecretSettings;

/**
 * Masks secrets of requests in the endpoints that show properties, such as {@code env},
 * even if {@code show-values} allows all other values.
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

	/**
	 * Returns the name of a property. Environment variables have underscores instead of
	 * dots.
	 */
	private static ConfigurationPropertyName name(String key) {
		return (key.indexOf('.') < 0) ? SecretSettings.ofVariable(key) : ConfigurationPropertyName.adapt(key, '.');
	}

}
