package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Limits;

/**
 * Reads lines and header fields by the letter of RFC 9112, for heads and trailers alike:
 * no blank before the colon or the first field, no control characters, and no line that
 * the end of the stream cuts off. A lone LF ends a line, as section 2.2 allows; a folded
 * line goes on after a space, as section 5.2 wants it of a client. Belongs to one
 * connection.
 */
final class HeadLines {

	private static final int LINE_SIZE = 256;

	private final Limits limits;

	private final CharArrayBuffer line = new CharArrayBuffer(LINE_SIZE);

	// Servers send the same names again and again in the same order: found here, a name
	// is not made anew.
	private final String[] knownNames;

	private String name = "";

	private String value = "";

	private @Nullable StringBuilder folded;

	HeadLines(Limits limits) {
		this.limits = limits;
		this.knownNames = new String[Math.min(32, limits.maxHeaderCount())];
		Arrays.fill(this.knownNames, "");
	}

	/**
	 * Reads a line.
	 * @return its length, or -1 when the stream ended before it
	 */
	int read(SessionInputBuffer buffer, InputStream in) throws IOException, MalformedHeadException {
		this.line.clear();
		int length;
		try {
			length = buffer.readLine(this.line, in);
		}
		catch (MessageConstraintException ex) {
			throw new MalformedHeadException("a line is longer than " + this.limits.maxLineBytes() + " bytes");
		}
		if (length >= 0 && in instanceof WireInput wire && wire.hasEnded()) {
			throw new MalformedHeadException("the server closed the connection in the middle of a line");
		}
		return length;
	}

	char charAt(int index) {
		return this.line.charAt(index);
	}

	int length() {
		return this.line.length();
	}

	String substring(int start, int end) {
		return (start == end) ? "" : this.line.substring(start, end);
	}

	/**
	 * Reads fields up to the empty line.
	 */
	void readFields(SessionInputBuffer buffer, InputStream in, CaseInsensitiveHeaders target)
			throws IOException, MalformedHeadException {
		int bytes = 0;
		int count = 0;
		int length = read(buffer, in);
		while (length > 0) {
			bytes += length + 2;
			if (bytes > this.limits.maxHeaderBytes()) {
				throw new MalformedHeadException(
						"the headers are longer than " + this.limits.maxHeaderBytes() + " bytes");
			}
			if (count > 0 && HeaderChars.isBlank(this.line.charAt(0))) {
				unfold();
			}
			else {
				endField(count, target);
				beginField(count++);
			}
			length = read(buffer, in);
		}
		if (length < 0) {
			throw new MalformedHeadException("the server closed the connection within the headers");
		}
		endField(count, target);
	}

	/** Adds the field before, now that nothing of it can follow. */
	private void endField(int count, CaseInsensitiveHeaders target) {
		if (count > 0) {
			target.add(this.name, (this.folded != null) ? this.folded.toString() : this.value);
			this.folded = null;
		}
	}

	private void beginField(int index) throws MalformedHeadException {
		if (index == this.limits.maxHeaderCount()) {
			throw new MalformedHeadException("there are more than " + this.limits.maxHeaderCount() + " headers");
		}
		char[] chars = this.line.array();
		int end = this.line.length();
		int colon = 0;
		while (colon < end && HeaderChars.isToken(chars[colon])) {
			colon++;
		}
		if (colon == 0 || colon == end || chars[colon] != ':') {
			throw new MalformedHeadException(describeBadName(chars, colon, end));
		}
		this.name = name(index, chars, colon);
		this.value = value(chars, colon + 1, end);
	}

	/** The rest of a line without the blanks around it. */
	private String value(char[] chars, int from, int to) throws MalformedHeadException {
		int start = from;
		int end = to;
		while (start < end && HeaderChars.isBlank(chars[start])) {
			start++;
		}
		while (end > start && HeaderChars.isBlank(chars[end - 1])) {
			end--;
		}
		for (int i = start; i < end; i++) {
			if (HeaderChars.isControl(chars[i])) {
				throw new MalformedHeadException("header '" + this.name + "' has a control character in its value");
			}
		}
		return substring(start, end);
	}

	/** Adds a folded line to the field that it goes on with. */
	private void unfold() throws MalformedHeadException {
		String more = value(this.line.array(), 1, this.line.length());
		StringBuilder builder = this.folded;
		if (builder == null) {
			builder = new StringBuilder(this.value);
			this.folded = builder;
		}
		if (!more.isEmpty()) {
			builder.append(builder.isEmpty() ? "" : " ").append(more);
		}
	}

	private static String describeBadName(char[] chars, int colon, int end) {
		if (end > 0 && HeaderChars.isBlank(chars[0])) {
			return "the first header line begins with a blank (RFC 9112, section 2.2)";
		}
		return (colon == end) ? "a header line has no colon"
				: "a header line has no valid name (RFC 9112, section 5.1)";
	}

	private String name(int index, char[] chars, int length) {
		if (index >= this.knownNames.length) {
			return this.line.substring(0, length);
		}
		String known = this.knownNames[index];
		if (known.length() == length && matches(known, chars)) {
			return known;
		}
		String name = this.line.substring(0, length);
		this.knownNames[index] = name;
		return name;
	}

	private static boolean matches(String known, char[] chars) {
		for (int i = 0; i < known.length(); i++) {
			if (known.charAt(i) != chars[i]) {
				return false;
			}
		}
		return true;
	}

}
