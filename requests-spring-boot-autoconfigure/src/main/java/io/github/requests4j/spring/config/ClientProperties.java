package io.github.requests4j.spring.config;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of an interface client.
 *
 * @param methods Settings by the name of the method.
 */
@ConfigurationPropertiesSource
public record ClientProperties(@DefaultValue Map<String, MethodProperties> methods) {
}
