package io.github.requests4j.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.HeaderRules;

/**
 * A challenge of a {@code WWW-Authenticate} header (RFC 9110 section 11.6.1): a scheme
 * with its parameters. A header may contain several challenges, and there may be several
 * headers.
 *
 * @param scheme the scheme in lower case
 * @param parameters the parameters, with names in lower case; if a name is repeated, the
 * last value wins
 */
record Challenge(String scheme, Map<String, String> parameters) {

	/**
	 * Parses all challenges. Lenient, because many servers send invalid ones: invalid
	 * input is skipped up to the next comma.
	 * @param values the values of the headers
	 */
	static List<Challenge> parse(List<String> values) {
		List<Challenge> challenges = new ArrayList<>();
		for (String value : values) {
			new Scanner(value).readInto(challenges);
		}
		return challenges;
	}

	@Nullable String parameter(String name) {
		return this.parameters.get(name);
	}

	private static final class Scanner {

		private final String text;

		private int position;

		Scanner(String text) {
			this.text = text;
		}

		void readInto(List<Challenge> challenges) {
			Challenge current = null;
			while (skip(" \t,")) {
				String token = token();
				skip(" \t");
				if (token.isEmpty()) {
					skipToComma();
				}
				else if (current != null && at('=')) {
					this.position++;
					current.parameters.put(token.toLowerCase(Locale.ROOT), value());
				}
				else {
					current = new Challenge(token.toLowerCase(Locale.ROOT), new LinkedHashMap<>());
					challenges.add(current);
					skipToken68();
				}
			}
		}

		/** Skips any of these characters and returns whether there is more text. */
		private boolean skip(String characters) {
			while (hasMore() && characters.indexOf(current()) >= 0) {
				this.position++;
			}
			return hasMore();
		}

		private void skipToComma() {
			while (hasMore() && current() != ',') {
				if (current() == '"') {
					quoted();
				}
				else {
					this.position++;
				}
			}
		}

		private String token() {
			int start = this.position;
			while (hasMore() && HeaderRules.isToken(current())) {
				this.position++;
			}
			return this.text.substring(start, this.position);
		}

		/**
		 * Skips a token68, such as the base64 after Negotiate. If it does not end at a
		 * comma, it is a parameter and is not skipped.
		 */
		private void skipToken68() {
			int start = this.position;
			while (hasMore() && (HeaderRules.isToken(current()) || current() == '/')) {
				this.position++;
			}
			skip("=");
			skip(" \t");
			if (hasMore() && current() != ',') {
				this.position = start;
			}
		}

		private String value() {
			skip(" \t");
			if (at('"')) {
				return quoted();
			}
			int start = this.position;
			while (hasMore() && current() != ',') {
				this.position++;
			}
			return this.text.substring(start, this.position).strip();
		}

		private String quoted() {
			StringBuilder value = new StringBuilder();
			this.position++;
			while (hasMore() && current() != '"') {
				if (current() == '\\' && this.position + 1 < this.text.length()) {
					this.position++;
				}
				value.append(current());
				this.position++;
			}
			this.position++;
			return value.toString();
		}

		private boolean at(char character) {
			return hasMore() && current() == character;
		}

		private boolean hasMore() {
			return this.position < this.text.length();
		}

		private char current() {
			return this.text.charAt(this.position);
		}

	}

}
