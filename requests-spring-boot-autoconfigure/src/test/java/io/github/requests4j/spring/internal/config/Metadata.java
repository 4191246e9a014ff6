package io.github.requests4j.spring.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of the keys that the build generates for editors.
 */
public final class Metadata {

	private Metadata() {
	}

	/** The keys with their full names. */
	static Map<String, Key> all() {
		return read("META-INF/spring-configuration-metadata.json");
	}

	/** The keys below a session, a client and so on. */
	public static Map<String, Key> of(Class<?> type) {
		return read("META-INF/spring/configuration-metadata/" + type.getName() + ".json");
	}

	private static Map<String, Key> read(String file) {
		Map<String, Key> keys = new TreeMap<>();
		for (JsonNode key : tree(file).get("properties")) {
			keys.put(key.get("name").asString(),
					new Key(key.path("type").asString(""), key.path("description").asString(""),
							key.has("defaultValue") ? text(key.get("defaultValue")) : null));
		}
		return keys;
	}

	private static String text(JsonNode value) {
		return value.isArray() ? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
				: value.asString();
	}

	/** Other modules have a file of this name too. */
	static JsonNode tree(String file) {
		URL classes = RequestsProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try (InputStream in = new URL(classes, file).openStream()) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** One key. */
	public record Key(String type, String description, @Nullable String defaultValue) {
	}

}
