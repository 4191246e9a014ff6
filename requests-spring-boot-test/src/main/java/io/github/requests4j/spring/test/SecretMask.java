package io.github.requests4j.spring.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.github.requests4j.internal.url.Secrets;

/**
 * Takes secrets out of what is written to disk. Immutable.
 */
final class SecretMask {

	static final String MASK = "***";

	private static final List<String> SECRETS = List.of("password", "passwd", "secret", "token", "apikey", "credential",
			"signature", "privatekey", "authorization", "sessionid");

	private static final Pattern LINK = Pattern.compile("<([^>]*)>");

	private final Set<String> names = new LinkedHashSet<>();

	SecretMask(String... more) {
		Stream.of(more).map(SecretMask::plain).forEach(this.names::add);
	}

	/**
	 * Whether what has this name is not to be shown: "X-Api-Key" as well as "api_key".
	 */
	boolean isSecret(String name) {
		String plain = plain(name);
		return Secrets.isCredentialHeader(name) || this.names.contains(plain)
				|| SECRETS.stream().anyMatch(plain::contains);
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}

	/** A value that is a secret as a whole, or has addresses that may hold some. */
	String header(String name, String value) {
		if (isSecret(name)) {
			return MASK;
		}
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "location", "content-location", "referer" -> url(value);
			case "link" ->
				LINK.matcher(value).replaceAll((link) -> Matcher.quoteReplacement("<" + url(link.group(1)) + ">"));
			default -> value;
		};
	}

	/** A URL without user information and without secret parameters. */
	String url(String url) {
		String bare = url.replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#]*@", "$1");
		int query = bare.indexOf('?');
		return (query >= 0) ? bare.substring(0, query + 1) + form(bare.substring(query + 1)) : bare;
	}

	/** A body by its type; what is neither JSON nor a form stays as it is. */
	String body(@Nullable String contentType, String text) {
		String type = (contentType != null) ? contentType.toLowerCase(Locale.ROOT) : "";
		if (type.contains("x-www-form-urlencoded")) {
			return form(text);
		}
		return type.contains("json") ? json(text) : text;
	}

	/** Several documents are one to a line. */
	private String jsonLines(String text) {
		return text.lines().map(this::json).collect(Collectors.joining("\n"));
	}

	private String form(String text) {
		return Stream.of(text.split("&")).map((pair) -> {
			int equals = pair.indexOf('=');
			return (equals > 0 && isSecret(pair.substring(0, equals))) ? pair.substring(0, equals + 1) + MASK : pair;
		}).collect(Collectors.joining("&"));
	}

	private String json(String text) {
		try {
			JsonNode tree = JsonMapper.shared().readTree(text);
			return mask(tree) ? JsonMapper.shared().writeValueAsString(tree) : text;
		}
		catch (JacksonException ex) {
			return (text.indexOf('\n') >= 0) ? jsonLines(text) : text;
		}
	}

	private boolean mask(JsonNode node) {
		boolean changed = false;
		if (node instanceof ArrayNode array) {
			for (JsonNode element : array) {
				changed |= mask(element);
			}
		}
		if (node instanceof ObjectNode object) {
			for (String name : List.copyOf(object.propertyNames())) {
				if (isSecret(name) && object.path(name).isValueNode()) {
					object.put(name, MASK);
					changed = true;
				}
				else {
					changed |= mask(object.path(name));
				}
			}
		}
		return changed;
	}

}
