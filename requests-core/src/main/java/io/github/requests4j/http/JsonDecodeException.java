package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.UrlText;

/**
 * Text that is not JSON. Tells where the parser gave up; the document itself is not in
 * the message.
 */
public class JsonDecodeException extends InvalidJsonException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** What the parser expected or found. */
	private final String problem;

	/** The offset in characters from 0, or -1. */
	private final long position;

	/** The line from 1, or -1. */
	private final int line;

	/** The column from 1, or -1. */
	private final int column;

	/**
	 * Makes the exception from the parser's finding.
	 * @param problem what the parser expected or found
	 * @param position the offset in characters from the start, from 0, or -1 if unknown
	 * @param line the line, from 1, or -1 if unknown
	 * @param column the column, from 1, or -1 if unknown
	 * @param cause the parser's own error, or {@code null}
	 * @param response the response whose body was read, or {@code null}
	 */
	public JsonDecodeException(String problem, long position, int line, int column, @Nullable Throwable cause,
			@Nullable Response response) {
		super(problem + ": line " + line + " column " + column + " (char " + position + ")" + advice(response), cause);
		attach(null, response);
		this.problem = problem;
		this.position = position;
		this.line = line;
		this.column = column;
	}

	// The wording of requests tells the place in a document, but not which.
	private static String advice(@Nullable Response response) {
		if (response == null) {
			return ". The text is not JSON.";
		}
		String type = response.headers().get("Content-Type");
		return ". The body of " + response.label() + " cannot be read as JSON (status " + response.statusCode() + ", "
				+ ((type != null) ? UrlText.printable(type) : "no Content-Type")
				+ "). Check text(), and call raiseForStatus() first.";
	}

	/**
	 * What the parser expected or found, without the place.
	 * @return the problem
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * The offset in characters where reading stopped.
	 * @return the offset from 0, or -1 if unknown
	 */
	public long position() {
		return this.position;
	}

	/**
	 * The line where reading stopped.
	 * @return the line from 1, or -1 if unknown
	 */
	public int line() {
		return this.line;
	}

	/**
	 * The column where reading stopped.
	 * @return the column from 1, or -1 if unknown
	 */
	public int column() {
		return this.column;
	}

}
