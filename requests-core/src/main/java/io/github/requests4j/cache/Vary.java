package io.github.requests4j.cache;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * The request headers that a response depends on (RFC 9111, section 4.1). Values are
 * compared in a normal form: lines are combined, blanks around commas are removed, and
 * the members of Accept headers are sorted. All but the harmless values are stored as
 * digests, because they may contain credentials.
 */
final class Vary {

	/**
	 * The value of a field that the request does not have. No real value contains a line
	 * feed.
	 */
	private static final String ABSENT = "\n";

	private static final Set<String> HARMLESS = Set.of("origin", "user-agent");

	private Vary() {
	}

	/**
	 * Returns the fields that the response names, in lower case, with their values in the
	 * request.
	 * @return the fields, or null if the value is {@code *}, which no request matches
	 */
	static @Nullable Map<String, String> of(CaseInsensitiveHeaders request, CaseInsensitiveHeaders response) {
		Map<String, String> fields = new TreeMap<>();
		for (String field : CacheDirectives.names(response.getAll("Vary"))) {
			if (field.equals("*")) {
				return null;
			}
			fields.put(field, value(request, field));
		}
		return fields;
	}

	/** Returns whether a request has the same values for these fields. */
	static boolean matches(Map<String, String> fields, CaseInsensitiveHeaders request) {
		for (Map.Entry<String, String> field : fields.entrySet()) {
			if (!field.getValue().equals(value(request, field.getKey()))) {
				return false;
			}
		}
		return true;
	}

	private static String value(CaseInsensitiveHeaders request, String field) {
		String value = request.get(field);
		if (value == null) {
			return ABSENT;
		}
		String[] members = value.split(",");
		for (int i = 0; i < members.length; i++) {
			members[i] = members[i].strip();
		}
		if (field.startsWith("accept")) {
			for (int i = 0; i < members.length; i++) {
				members[i] = members[i].toLowerCase(Locale.ROOT).replace(" ", "");
			}
			Arrays.sort(members);
		}
		String normal = String.join(",", members);
		return (field.startsWith("accept") || HARMLESS.contains(field)) ? normal : Identity.digest(normal);
	}

}
