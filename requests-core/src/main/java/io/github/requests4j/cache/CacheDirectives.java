package io.github.requests4j.cache;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * The directives of Cache-Control (RFC 9111, section 5.2). If a directive is repeated,
 * the first one wins. Invalid text is skipped up to the next comma. Immutable.
 */
final class CacheDirectives {

	/** The directive is absent. */
	static final long ABSENT = -1;

	/** Larger numbers of seconds are reduced to this one (RFC 9111, section 1.2.2). */
	private static final long MAX_SECONDS = Integer.MAX_VALUE;

	private static final CacheDirectives NONE = new CacheDirectives(Map.of());

	private final Map<String, String> values;

	private CacheDirectives(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Parses the Cache-Control fields of a message.
	 */
	static CacheDirectives of(CaseInsensitiveHeaders headers) {
		List<String> lines = headers.getAll("Cache-Control");
		if (lines.isEmpty()) {
			return NONE;
		}
		Map<String, String> values = new LinkedHashMap<>();
		for (String line : lines) {
			new Parser(line).addTo(values);
		}
		return new CacheDirectives(values);
	}

	boolean isEmpty() {
		return this.values.isEmpty();
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	/** Returns whether a directive is present and does not list header fields. */
	boolean isUnqualified(String name) {
		String value = this.values.get(name);
		return value != null && value.isEmpty();
	}

	/**
	 * Returns a number of seconds, {@link #ABSENT} if there is no such directive, and 0
	 * if its value is not a number, because a lifetime that cannot be read must not keep
	 * a response fresh.
	 */
	long seconds(String name) {
		String value = this.values.get(name);
		return (value != null) ? seconds(value, 0) : ABSENT;
	}

	/** Parses delta-seconds; numbers that overflow are large, not invalid. */
	static long seconds(String text, long invalid) {
		if (!Digits.areDigits(text)) {
			return invalid;
		}
		long seconds = Digits.parse(text);
		return (seconds < 0) ? MAX_SECONDS : Math.min(seconds, MAX_SECONDS);
	}

	/** Returns the names of the header fields that a directive lists, in lower case. */
	Set<String> fields(String name) {
		String value = this.values.get(name);
		if (value == null || value.isEmpty()) {
			return Set.of();
		}
		return names(List.of(value));
	}

	/** Returns the names in comma-separated lists, in lower case. */
	static Set<String> names(List<String> lists) {
		Set<String> names = new LinkedHashSet<>();
		for (String list : lists) {
			for (String name : list.split(",")) {
				if (!name.isBlank()) {
					names.add(name.strip().toLowerCase(Locale.ROOT));
				}
			}
		}
		return names;
	}

	/** Parses one line. Not thread-safe. */
	private static final class Parser {

		private final String line;

		private int at;

		Parser(String line) {
			this.line = line;
		}

		void addTo(Map<String, String> values) {
			while (this.at < this.line.length()) {
				skipBlanks();
				String name = token().toLowerCase(Locale.ROOT);
				String value = (peek() == '=') ? argument() : "";
				skipToComma();
				if (!name.isEmpty() && value != null) {
					values.putIfAbsent(name, value);
				}
			}
		}

		private int peek() {
			return (this.at < this.line.length()) ? this.line.charAt(this.at) : -1;
		}

		private void skipBlanks() {
			while (this.at < this.line.length() && HeaderRules.isBlank(this.line.charAt(this.at))) {
				this.at++;
			}
		}

		private String token() {
			int start = this.at;
			while (this.at < this.line.length() && HeaderRules.isToken(this.line.charAt(this.at))) {
				this.at++;
			}
			return this.line.substring(start, this.at);
		}

		/**
		 * An argument that is neither a token nor a quoted string is kept as it is, and
		 * is therefore invalid.
		 */
		private @Nullable String argument() {
			this.at++;
			if (peek() == '"') {
				return quoted();
			}
			int comma = this.line.indexOf(',', this.at);
			int end = (comma < 0) ? this.line.length() : comma;
			String value = this.line.substring(this.at, end);
			this.at = end;
			return value.isEmpty() ? " " : value.stripTrailing().isEmpty() ? " " : value.stripTrailing();
		}

		private @Nullable String quoted() {
			StringBuilder value = new StringBuilder();
			this.at++;
			while (this.at < this.line.length()) {
				char c = this.line.charAt(this.at++);
				if (c == '"') {
					return value.toString();
				}
				if (c == '\\' && this.at < this.line.length()) {
					c = this.line.charAt(this.at++);
				}
				value.append(c);
			}
			return null;
		}

		private void skipToComma() {
			while (this.at < this.line.length() && this.line.charAt(this.at) != ',') {
				if (this.line.charAt(this.at) == '"') {
					quoted();
				}
				else {
					this.at++;
				}
			}
			this.at++;
		}

	}

}
