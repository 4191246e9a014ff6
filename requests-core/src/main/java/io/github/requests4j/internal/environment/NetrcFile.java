package io.github.requests4j.internal.environment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.auth.HttpBasicAuth;

/**
 * The entries of a netrc file, parsed like the {@code netrc} module in Python: tokens
 * separated by blanks, optionally in quotes, with backslash escapes; comments; macros,
 * which end at an empty line and are ignored. If there are several entries for a host,
 * the last one wins. Immutable.
 */
final class NetrcFile {

	private static final Logger logger = LoggerFactory.getLogger(NetrcFile.class);

	/** A file without entries. */
	static final NetrcFile EMPTY = new NetrcFile(Map.of());

	private static final String DEFAULT = "default";

	/** The key of the default entry, which is not a valid host. */
	private static final String ANY_HOST = "";

	private final Map<String, HttpBasicAuth> entries;

	private NetrcFile(Map<String, HttpBasicAuth> entries) {
		this.entries = entries;
	}

	/**
	 * Returns the entry of a host.
	 * @param host the host of the URL, which is compared exactly (CVE-2024-47081)
	 * @param allowDefault whether the default entry may be used
	 * @return the auth, or null if there is none or it is empty
	 */
	@Nullable HttpBasicAuth find(String host, boolean allowDefault) {
		String key = (allowDefault && !this.entries.containsKey(host)) ? ANY_HOST : host;
		HttpBasicAuth auth = this.entries.get(key);
		return Entry.EMPTY.equals(auth) ? null : auth;
	}

	/**
	 * Reads a file. A file that cannot be read or parsed is logged and treated as empty.
	 */
	static NetrcFile read(File file) {
		try {
			return parse(text(file.toPath()));
		}
		catch (IOException ex) {
			logger.debug("The netrc file {} could not be read and is ignored", file, ex);
		}
		catch (IllegalArgumentException ex) {
			logger.debug("The netrc file {} is not valid and is ignored: {}", file, ex.getMessage());
		}
		return EMPTY;
	}

	private static String text(Path file) throws IOException {
		try {
			return Files.readString(file);
		}
		catch (CharacterCodingException ex) {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
	}

	/**
	 * Parses the text of a file.
	 * @throws IllegalArgumentException if it is malformed; the message does not contain
	 * parts of the text, which may be a password
	 */
	static NetrcFile parse(String text) {
		Parser parser = new Parser(text.replace("\r\n", "\n"));
		parser.parse();
		return new NetrcFile(Map.copyOf(parser.entries));
	}

	/** An entry that is being parsed. */
	private static final class Entry {

		/** An empty entry of a host, which overrides the default entry. */
		static final HttpBasicAuth EMPTY = new HttpBasicAuth("", "");

		private String login = "";

		private String account = "";

		private String password = "";

		/**
		 * Parses the value of a keyword. Returns false if the keyword is not part of an
		 * entry.
		 */
		boolean parse(String keyword, Parser parser) {
			switch (keyword) {
				case "login", "user" -> this.login = parser.token();
				case "account" -> this.account = parser.token();
				case "password" -> this.password = parser.token();
				default -> {
					return false;
				}
			}
			return true;
		}

		HttpBasicAuth toAuth() {
			String name = this.login.isEmpty() ? this.account : this.login;
			return (name.isEmpty() && this.password.isEmpty()) ? EMPTY : new HttpBasicAuth(name, this.password);
		}

	}

	private static final class Parser {

		private final Map<String, HttpBasicAuth> entries = new HashMap<>();

		private final String text;

		private int position;

		Parser(String text) {
			this.text = text;
		}

		void parse() {
			String keyword = keyword();
			while (!keyword.isEmpty()) {
				keyword = switch (keyword) {
					case "machine" -> entry(name(keyword));
					case DEFAULT -> entry(ANY_HOST);
					case "macdef" -> macro(name(keyword));
					default -> throw malformed("an unknown word instead of an entry");
				};
			}
		}

		/** Parses an entry and returns the next keyword. */
		private String entry(String host) {
			Entry entry = new Entry();
			String keyword = keyword();
			while (entry.parse(keyword, this)) {
				keyword = keyword();
			}
			this.entries.put(host, entry.toAuth());
			return keyword;
		}

		private String macro(String name) {
			int end = this.text.indexOf("\n\n", this.position - 1);
			if (end < 0) {
				throw malformed("no empty line after the macro '" + name + "'");
			}
			this.position = end + 2;
			return keyword();
		}

		private String name(String keyword) {
			String name = token();
			if (name.isEmpty()) {
				throw malformed("no name after '" + keyword + "'");
			}
			return name;
		}

		/** Returns the next token outside of comments, which end at a line end. */
		private String keyword() {
			String token = token();
			while (token.startsWith("#")) {
				int end = this.text.indexOf('\n', this.position - 1);
				this.position = (end < 0) ? this.text.length() : end + 1;
				token = token();
			}
			return token;
		}

		/** Returns the next token, empty at the end of the file. */
		String token() {
			while (hasMore() && isBlank(this.text.charAt(this.position))) {
				this.position++;
			}
			boolean quoted = hasMore() && this.text.charAt(this.position) == '"';
			if (quoted) {
				this.position++;
			}
			StringBuilder token = new StringBuilder();
			while (hasMore()) {
				char character = this.text.charAt(this.position++);
				if (quoted ? character == '"' : isBlank(character)) {
					break;
				}
				if (character == '\\' && hasMore()) {
					character = this.text.charAt(this.position++);
				}
				token.append(character);
			}
			return token.toString();
		}

		private boolean hasMore() {
			return this.position < this.text.length();
		}

		private static boolean isBlank(char character) {
			return character == ' ' || character == '\t' || character == '\n' || character == '\r';
		}

		private IllegalArgumentException malformed(String problem) {
			String before = this.text.substring(0, Math.min(this.position, this.text.length())).stripTrailing();
			long line = before.chars().filter((character) -> character == '\n').count() + 1;
			return new IllegalArgumentException("there is " + problem + " in line " + line);
		}

	}

}
