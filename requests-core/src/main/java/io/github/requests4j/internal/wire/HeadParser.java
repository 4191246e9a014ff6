package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Parses the heads of responses and the trailers of chunked bodies (RFC 9112, sections 4,
 * 5 and 7.1.2). It records the positions of names and values, which become strings on
 * demand.
 * <p>
 * Anything that makes the end of a message ambiguous is rejected: an invalid status line,
 * a bare CR or a NUL, a line without a colon, and any error in a framing field. Other
 * invalid fields and reason phrases are dropped, and the connection is closed after the
 * response. A lone LF ends a line (section 2.2), and a line that starts with whitespace
 * continues the previous field (section 5.2). For one connection.
 */
final class HeadParser {

	// "HTTP/1.1 200"
	private static final int MIN_STATUS_LINE = 12;

	private static final byte[] VERSION = { 'H', 'T', 'T', 'P', '/', '1', '.' };

	/** Start and end of a name, start and end of a value. */
	private static final int SPAN = 4;

	private static final boolean[] NAME_BYTES = new boolean[256];

	private static final boolean[] VALUE_BYTES = new boolean[256];

	static {
		for (int c = 0; c < 256; c++) {
			NAME_BYTES[c] = HeaderRules.isToken((char) c);
			VALUE_BYTES[c] = HeaderRules.isValue((char) c);
		}
	}

	private final WireReader reader;

	private final Limits limits;

	private final int maxBytes;

	private final ReplyHead head = new ReplyHead();

	private int[] spans = new int[16 * SPAN];

	private int count;

	/** The current position in the buffer of the reader. */
	private int at;

	private boolean droppedFields;

	private String lastReason = "OK";

	HeadParser(WireReader reader, Limits limits) {
		this.reader = reader;
		this.limits = limits;
		// The status line and the empty line do not count, but they need a limit as well.
		this.maxBytes = (int) Math.min(Integer.MAX_VALUE - 8L, limits.maxHeaderBytes() + 1024L);
	}

	/** Reads the head of the next response, which may be an interim one. */
	ReplyHead parse() throws IOException {
		this.reader.beginHead();
		this.at = 0;
		this.droppedFields = false;
		if (this.reader.end() == 0 && !this.reader.more(this.maxBytes)) {
			throw WireException.noReply();
		}
		int end = lineEnd();
		checkStatusLine(end);
		byte[] bytes = this.reader.bytes();
		boolean http11 = bytes[7] != '0';
		int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
		String reason = reason(Math.min(MIN_STATUS_LINE + 1, end), end);
		readFields();
		CaseInsensitiveHeaders headers = CaseInsensitiveHeaders.ofWire(Arrays.copyOf(this.reader.bytes(), this.at),
				this.spans, this.count);
		this.reader.take(this.at);
		this.head.set(http11, status, reason, headers);
		return this.head;
	}

	/** Returns whether a field or the reason of the current response was dropped. */
	boolean hasDroppedFields() {
		return this.droppedFields;
	}

	/** Reads and discards the trailers of a chunked body. */
	void skipTrailers() throws IOException {
		this.reader.beginHead();
		this.at = 0;
		readFields();
		this.reader.take(this.at);
	}

	/**
	 * Moves to the next line.
	 * @return the end of the text of the current line
	 */
	private int lineEnd() throws IOException {
		int place = this.at;
		while (true) {
			byte[] bytes = this.reader.bytes();
			int end = this.reader.end();
			while (place < end && bytes[place] != '\n') {
				place++;
			}
			if (place < end) {
				int start = this.at;
				this.at = place + 1;
				return (place > start && bytes[place - 1] == '\r') ? place - 1 : place;
			}
			needMore();
		}
	}

	private void needMore() throws IOException {
		if (this.reader.end() >= this.maxBytes) {
			throw tooLong();
		}
		if (!this.reader.more(this.maxBytes)) {
			throw WireException.malformedHead("the connection was closed before the end of the headers");
		}
	}

	private IOException tooLong() {
		return WireException
			.longHead("the headers are longer than the limit of " + this.limits.maxHeaderBytes() + " bytes");
	}

	private void checkStatusLine(int end) throws IOException {
		byte[] bytes = this.reader.bytes();
		if (end < MIN_STATUS_LINE || !Arrays.equals(bytes, 0, VERSION.length, VERSION, 0, VERSION.length)
				|| !isDigit(bytes[7]) || bytes[8] != ' ') {
			throw WireException.malformedHead("the first line is not an HTTP/1.x status line");
		}
		boolean digits = bytes[9] != '0' && isDigit(bytes[9]) && isDigit(bytes[10]) && isDigit(bytes[11]);
		if (!digits || (end > MIN_STATUS_LINE && bytes[MIN_STATUS_LINE] != ' ')) {
			throw WireException.malformedHead("the status code is not a three-digit number from 100 up");
		}
	}

	private static boolean isDigit(byte b) {
		return Digits.isDigit((char) b);
	}

	/** Returns the reason phrase, which is dropped if it is invalid, like a field. */
	private String reason(int start, int end) throws IOException {
		byte[] bytes = this.reader.bytes();
		boolean same = end - start == this.lastReason.length();
		boolean valid = true;
		for (int i = start; i < end; i++) {
			if (bytes[i] == '\r' || bytes[i] == 0) {
				throw WireException.malformedHead("the status line contains a bare CR or a NUL");
			}
			valid = valid && VALUE_BYTES[bytes[i] & 0xff];
			same = same && this.lastReason.charAt(i - start) == (bytes[i] & 0xff);
		}
		if (!valid) {
			this.droppedFields = true;
			return "";
		}
		if (!same) {
			this.lastReason = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
		}
		return this.lastReason;
	}

	/** Reads fields up to and including the empty line. */
	private void readFields() throws IOException {
		int start = this.at;
		int fields = 0;
		this.count = 0;
		boolean kept = false;
		while (!isEmptyLine()) {
			if (HeaderRules.isBlank((char) this.reader.bytes()[this.at])) {
				kept = unfold(fields, kept);
			}
			else {
				if (fields++ == this.limits.maxHeaderCount()) {
					throw WireException.malformedHead("it has more than " + this.limits.maxHeaderCount() + " headers");
				}
				kept = readField();
			}
			if (this.at - start > this.limits.maxHeaderBytes()) {
				throw tooLong();
			}
		}
	}

	/** Returns whether the head ends here, and skips the empty line if so. */
	private boolean isEmptyLine() throws IOException {
		if (this.at == this.reader.end()) {
			needMore();
		}
		byte first = this.reader.bytes()[this.at];
		if (first == '\n') {
			this.at++;
			return true;
		}
		if (first != '\r') {
			return false;
		}
		if (this.at + 1 == this.reader.end()) {
			needMore();
		}
		if (this.reader.bytes()[this.at + 1] != '\n') {
			throw WireException.malformedHead("a header line starts with a bare CR");
		}
		this.at += 2;
		return true;
	}

	/**
	 * Reads a field.
	 * @return whether it was kept
	 */
	private boolean readField() throws IOException {
		int nameStart = this.at;
		int nameEnd = skip(NAME_BYTES, nameStart);
		if (this.reader.bytes()[nameEnd] != ':' || nameEnd == nameStart) {
			dropBadName(nameStart, nameEnd);
			return false;
		}
		this.at = nameEnd + 1;
		int valueStart = nameEnd + 1;
		if (!skipValue()) {
			dropBadValue(nameStart, nameEnd);
			return false;
		}
		int base = this.count * SPAN;
		if (base == this.spans.length) {
			this.spans = Arrays.copyOf(this.spans, base * 2);
		}
		this.spans[base] = nameStart;
		this.spans[base + 1] = nameEnd;
		setValue(base + 2, valueStart, lineTextEnd());
		this.count++;
		return true;
	}

	/** Returns the end of the text of the line that was just read. */
	private int lineTextEnd() {
		byte[] bytes = this.reader.bytes();
		int end = this.at - 1;
		return (bytes[end - 1] == '\r') ? end - 1 : end;
	}

	/** Records the position of a value without surrounding whitespace. */
	private void setValue(int index, int from, int to) {
		byte[] bytes = this.reader.bytes();
		int start = from;
		int end = to;
		while (start < end && HeaderRules.isBlank((char) bytes[start])) {
			start++;
		}
		while (end > start && HeaderRules.isBlank((char) bytes[end - 1])) {
			end--;
		}
		this.spans[index] = start;
		this.spans[index + 1] = end;
	}

	/** Returns the next position whose byte is not of this kind. */
	private int skip(boolean[] kind, int from) throws IOException {
		int place = from;
		while (true) {
			byte[] bytes = this.reader.bytes();
			int end = this.reader.end();
			while (place < end && kind[bytes[place] & 0xff]) {
				place++;
			}
			if (place < end) {
				return place;
			}
			needMore();
		}
	}

	/**
	 * Skips the rest of the line.
	 * @return whether all skipped bytes are allowed in a value
	 * @throws IOException for bytes that other parsers may take for the end of a line or
	 * text
	 */
	private boolean skipValue() throws IOException {
		boolean valid = true;
		int place = skip(VALUE_BYTES, this.at);
		while (true) {
			byte stop = this.reader.bytes()[place];
			if (stop == '\r' && place + 1 == this.reader.end()) {
				needMore();
			}
			if (stop == '\n' || (stop == '\r' && this.reader.bytes()[place + 1] == '\n')) {
				this.at = place + ((stop == '\r') ? 2 : 1);
				return valid;
			}
			if (stop == '\r' || stop == 0) {
				throw WireException.malformedHead("a header contains a bare CR or a NUL");
			}
			valid = false;
			place = skip(VALUE_BYTES, place + 1);
		}
	}

	private void dropBadValue(int nameStart, int nameEnd) throws IOException {
		rejectFraming(nameStart, nameEnd, "has a control character in its value");
		this.droppedFields = true;
	}

	private void dropBadName(int start, int end) throws IOException {
		this.at = end;
		boolean printable = skipValue();
		byte[] bytes = this.reader.bytes();
		int lineEnd = lineTextEnd();
		int colon = end;
		while (colon < lineEnd && bytes[colon] != ':') {
			colon++;
		}
		if (colon == lineEnd) {
			throw WireException.malformedHead("a header line has no colon");
		}
		if (!printable) {
			throw WireException.malformedHead("a header line has no valid name (RFC 9112, section 5.1)");
		}
		rejectFraming(start, colon, "has other characters between its name and the colon");
		this.droppedFields = true;
	}

	/** Rejects an invalid framing field, which other parsers may accept. */
	private void rejectFraming(int start, int end, String flaw) throws IOException {
		StringBuilder name = new StringBuilder(end - start);
		byte[] bytes = this.reader.bytes();
		for (int i = start; i < end; i++) {
			if (NAME_BYTES[bytes[i] & 0xff]) {
				name.append((char) bytes[i]);
			}
		}
		String letters = name.toString();
		if (letters.equalsIgnoreCase("Content-Length") || letters.equalsIgnoreCase("Transfer-Encoding")) {
			throw WireException.malformedHead("header '" + letters + "' " + flaw);
		}
	}

	/**
	 * Appends a line that starts with whitespace to the previous field, separated by one
	 * space.
	 * @return whether that field is kept
	 */
	private boolean unfold(int fields, boolean kept) throws IOException {
		if (fields == 0) {
			throw WireException.malformedHead("the first header line starts with whitespace (RFC 9112, section 2.2)");
		}
		int from = this.at;
		boolean valid = skipValue();
		if (!kept) {
			return false;
		}
		int base = (this.count - 1) * SPAN;
		if (!valid) {
			dropBadValue(this.spans[base], this.spans[base + 1]);
			this.count--;
			return false;
		}
		int start = this.spans[base + 2];
		int end = this.spans[base + 3];
		setValue(base + 2, from, lineTextEnd());
		int size = this.spans[base + 3] - this.spans[base + 2];
		byte[] bytes = this.reader.bytes();
		if (size > 0 && end > start) {
			bytes[end++] = ' ';
		}
		System.arraycopy(bytes, this.spans[base + 2], bytes, end, size);
		this.spans[base + 2] = start;
		this.spans[base + 3] = end + size;
		return true;
	}

}
