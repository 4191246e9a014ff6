package io.github.requests4j.spring.client.parity;

import java.util.regex.Pattern;

/**
 * Each way in which a session differs from RestClient intentionally: a row of the table
 * in {@code docs/migration-from-restclient.md}, and what the difference looks like here.
 */
enum Difference {

	CLIENT_HEADERS("Headers of the client itself", ".* -> .*"),

	FRAMING("Length of the body", ".* -> .*"),

	HEADER_LINES("Several values of one header", ".* -> .*"),

	BLANKS("Blanks in query parameters", "line: .*%20.* -> .*\\+.*"),

	DATES("Dates and times without a format", "line: .*3%2F1%2F26.* -> .*2026-03-01.*"),

	EMPTY_VARIABLE("Empty path variables", "failure: none -> rejected"),

	DOT_SEGMENTS("Path variables that are `.` or `..`", "failure: none -> rejected"),

	PERCENT("Percent-encoded text in templates and base URLs", "line: .*%25.*"),

	JOINING("No slash between base URL and path", "line: .*[^/]items/i .* -> .*[^/]/items/i .*"),

	VERSION_IN_PATH("API versions in the path", "line: .*/base/1\\.2/items.* -> .*/base/items/1\\.2.*"),

	VERSION_IN_QUERY("API versions in the query", "line: .*&q=q&v=1\\.2 .* -> .*&v=1\\.2&q=q .*"),

	TEMPLATES("Templates with patterns, operators or single braces", ".* -> .*"),

	PADDED_HEADER("Header values that begin with a blank", "failure: none -> rejected"),

	LATIN_1("Headers and cookies beyond US-ASCII", "sent (x-h|cookie): .*\\?.* -> .*\u00e4.*"),

	TEXT_PARTS("`@RequestPart` arguments that are all text",
			"sent (body: \\w=.*|content-type: application/x-www-form-urlencoded -> multipart/form-data .*)"),

	FILE_NAMES("Quotes and backslashes in file names", "sent body: .*filename=\".*\\\\.*"),

	PART_HEADERS("Headers of parts", "sent body: .*X-Part: 1, X-Part: 2.* -> .*X-Part: 1, 2.*"),

	STREAMED_ARGUMENTS("`Path`, `InputStream`, `Body` and `FilePart` arguments", ".* -> .*"),

	ERROR_ENTITIES("`ResponseEntity` of a status from 400", "failure: status .* -> none"),

	MISFIT("Bodies of errors that do not fit `T`", "failure: unreadable -> none"),

	OPTIONAL("`Optional<T>` of a 404", "failure: (status 404 .*|unreadable) -> none"),

	STREAMED_RESULTS("`InputStream` results", "(failure: unreadable -> none|body: null -> stream .*)"),

	CONTENT_TYPE("A Content-Type that cannot be parsed", "failure: unreadable -> (none|status .*)"),

	CONTENT_LENGTH("Content-Length of entities without the bytes", "header content-length: \\d+ -> none"),

	TRANSFER_ENCODING("Transfer-Encoding in results", ".* -> none"),

	REDIRECTS("Redirects", ".* -> .*"),

	COOKIES("Cookies of responses", ".* -> .*");

	private final String row;

	private final Pattern pattern;

	Difference(String row, String pattern) {
		this.row = row;
		this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
	}

	/** The first cell of the row on the page. */
	String row() {
		return this.row;
	}

	/** Whether a line of {@link Outcome#differences} looks like this difference. */
	boolean explains(String line) {
		return this.pattern.matcher(line).matches();
	}

}
