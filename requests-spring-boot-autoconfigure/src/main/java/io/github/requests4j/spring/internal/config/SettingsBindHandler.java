package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Rejects durations that are not positive or have no unit. Python's requests uses seconds
 * and Spring Boot uses milliseconds, so a bare number is ambiguous.
 */
final class SettingsBindHandler extends AbstractBindHandler {

	private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[0-9.]+");

	SettingsBindHandler(BindHandler parent) {
		super(parent);
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		ConfigurationProperty property = context.getConfigurationProperty();
		Duration duration = duration(result);
		if (duration != null && property != null) {
			String written = String.valueOf(property.getValue());
			if (BARE_NUMBER.matcher(written).matches()) {
				throw new RequestsConfigurationException(KeyText.written(property.getName()), property.getOrigin(),
						"A duration requires a unit, but '" + written + "' has none.",
						"Write '" + written + "s' for seconds or '" + written + "ms' for milliseconds.", null);
			}
			if (duration.isNegative() || (duration.isZero() && !mayBeZero(property.getName()))) {
				throw new RequestsConfigurationException(KeyText.written(property.getName()), property.getOrigin(),
						"The duration must be longer than zero, but '" + written + "' is not.",
						"Set a longer duration, or remove the key.", null);
			}
		}
		return super.onSuccess(name, target, context, result);
	}

	private static boolean mayBeZero(ConfigurationPropertyName name) {
		KeyPath path = KeyPath.of(name);
		return path.isUnder("rate") || path.isUnder("concurrency");
	}

	private static @Nullable Duration duration(Object result) {
		return (result instanceof CallDeadline deadline) ? deadline.limit()
				: (result instanceof Duration duration) ? duration : null;
	}

}
