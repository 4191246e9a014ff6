package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Limits;

/**
 * Parses response heads strictly (RFC 9112, sections 4 and 5). The library's own parser
 * skips junk before the status line and takes versions and statuses that make no sense.
 * Belongs to one connection.
 */
final class HeadParser implements HttpMessageParser<ClassicHttpResponse> {

	// "HTTP/1.1 200"
	private static final int SHORTEST = 12;

	private final HeadLines lines;

	private final ReplyHead head = new ReplyHead();

	private @Nullable SessionInputBuffer buffer;

	private String lastReason = "OK";

	HeadParser(Limits limits) {
		this.lines = new HeadLines(limits);
	}

	HeadLines lines() {
		return this.lines;
	}

	/** Bytes that the connection has read and nobody has taken yet. */
	int unread() {
		return (this.buffer != null) ? this.buffer.length() : 0;
	}

	/** The buffer of the connection, from which the body is read too. */
	SessionInputBuffer buffer() {
		if (this.buffer == null) {
			throw new IllegalStateException("No head has been read yet");
		}
		return this.buffer;
	}

	@Override
	public ReplyHead parse(SessionInputBuffer buffer, InputStream in) throws IOException {
		this.buffer = buffer;
		int length = this.lines.read(buffer, in);
		if (length < 0) {
			throw new NoReplyException();
		}
		checkVersion();
		boolean http11 = this.lines.charAt(7) != '0';
		int status = status();
		String reason = reason();
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		this.lines.readFields(buffer, in, headers);
		this.head.set(http11, status, reason, headers);
		return this.head;
	}

	private void checkVersion() throws MalformedHeadException {
		if (this.lines.length() < SHORTEST || !startsWith("HTTP/1.") || !HeaderChars.isDigit(this.lines.charAt(7))
				|| this.lines.charAt(8) != ' ') {
			throw new MalformedHeadException("it does not begin with a status line of HTTP/1.x");
		}
	}

	private boolean startsWith(String prefix) {
		for (int i = 0; i < prefix.length(); i++) {
			if (this.lines.charAt(i) != prefix.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private int status() throws MalformedHeadException {
		int status = 0;
		for (int i = 9; i < SHORTEST; i++) {
			char digit = this.lines.charAt(i);
			status = HeaderChars.isDigit(digit) ? status * 10 + digit - '0' : -1000;
		}
		if (status < 100 || (this.lines.length() > SHORTEST && this.lines.charAt(SHORTEST) != ' ')) {
			throw new MalformedHeadException("its status is not a number of three digits from 100 on");
		}
		return status;
	}

	private String reason() throws MalformedHeadException {
		int start = Math.min(SHORTEST + 1, this.lines.length());
		int end = this.lines.length();
		boolean same = end - start == this.lastReason.length();
		for (int i = start; i < end; i++) {
			char c = this.lines.charAt(i);
			if (HeaderChars.isControl(c)) {
				throw new MalformedHeadException("its status line has a control character");
			}
			same = same && c == this.lastReason.charAt(i - start);
		}
		if (!same) {
			this.lastReason = this.lines.substring(start, end);
		}
		return this.lastReason;
	}

}
