package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.UrlText;

/**
 * Thrown when a document is not valid JSON. The message contains the position of the
 * error, but no part of the document.
 */
public class JsonDecodeException extends InvalidJsonException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The error of the parser. */
	private final String problem;

	/** The offset in characters from 0, or -1. */
	private final long position;

	/** The line from 1, or -1. */
	private final int line;

	/** The column from 1, or -1. */
	private final int column;

	/**
	 * Creates an exception from an error of the parser.
	 * @param problem the error of the parser
	 * @param position the offset in characters from the start, from 0, or -1 if unknown
	 * @param line the line, from 1, or -1 if unknown
	 * @param column the column, from 1, or -1 if unknown
	 * @param cause the exception of the parser, or {@code null}
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

	// The message of requests contains the position, but not the document
	private static String advice(@Nullable Response response) {
		if (response == null) {
			return ". The text is not JSON.";
		}
		String type = response.headers().get("Content-Type");
		return ". The body of " + response.label() + " is not valid JSON (status " + response.statusCode() + ", "
				+ ((type != null) ? UrlText.printable(type) : "no Content-Type")
				+ "). Check text(), and call raiseForStatus() before json().";
	}

	/**
	 * Returns the error of the parser, without the position.
	 * @return the problem
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns the offset of the error in characters.
	 * @return the offset from 0, or -1 if unknown
	 */
	public long position() {
		return this.position;
	}

	/**
	 * Returns the line of the error.
	 * @return the line from 1, or -1 if unknown
	 */
	public int line() {
		return this.line;
	}

	/**
	 * Returns the column of the error.
	 * @return the column from 1, or -1 if unknown
	 */
	public int column() {
		return this.column;
	}

}
