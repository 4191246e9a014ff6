package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Parses server-sent events as specified in section 9.2 of the WHATWG HTML standard. The
 * text is always decoded as UTF-8, one byte order mark is skipped, and lines end with CR,
 * LF or both. An event is returned as soon as its empty line arrives. For one thread.
 */
final class EventParser {

	private static final int BUFFER = 4096;

	/**
	 * The maximum length of a comment. The rest is dropped, because comments have no
	 * limit.
	 */
	static final int MAX_COMMENT = 64 * 1024;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/**
	 * The minimum delay that a server can request. A shorter one would cause a busy loop.
	 */
	static final Duration MIN_RETRY = Duration.ofSeconds(1);

	/**
	 * The maximum delay that a server can request. With a longer one, the method would
	 * practically never reconnect.
	 */
	static final Duration MAX_RETRY = Duration.ofHours(1);

	private final Reader in;

	private final Limits limits;

	private final char[] buffer = new char[BUFFER];

	private int position;

	private int limit;

	private boolean started;

	private boolean afterReturn;

	private final StringBuilder line = new StringBuilder();

	private final StringBuilder data = new StringBuilder();

	private final StringBuilder comment = new StringBuilder();

	private String type = "";

	private @Nullable Duration eventRetry;

	private String id;

	private String lastEventId;

	private @Nullable Duration retry;

	/**
	 * Creates a parser for a stream.
	 * @param lastEventId the id of the previous event, or empty
	 * @param limits the limits for lines and events
	 */
	EventParser(InputStream in, String lastEventId, Limits limits) {
		this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
		this.limits = limits;
		this.id = lastEventId;
		this.lastEventId = lastEventId;
	}

	/**
	 * One event.
	 *
	 * @param type its type, "message" if it has none of its own
	 * @param data its data
	 * @param id the last id that was received, or empty
	 * @param retry the delay in its block, or {@code null}
	 * @param comment the comments of its block, or {@code null}
	 */
	record Event(String type, String data, String id, @Nullable Duration retry, @Nullable String comment) {
	}

	/**
	 * Waits for the next event and returns it, or null at the end. An incomplete event is
	 * dropped.
	 */
	@Nullable Event next() throws IOException {
		while (readLine()) {
			if (!this.line.isEmpty()) {
				field();
				continue;
			}
			this.lastEventId = this.id;
			if (!this.data.isEmpty()) {
				return dispatch();
			}
			reset();
		}
		return null;
	}

	/** Returns the id to continue from, or an empty string. */
	String lastEventId() {
		return this.lastEventId;
	}

	/**
	 * Returns the delay before reconnecting that the server requests, between
	 * {@link #MIN_RETRY} and {@link #MAX_RETRY}, or null.
	 */
	@Nullable Duration retry() {
		return this.retry;
	}

	private Event dispatch() {
		String text = this.data.substring(0, this.data.length() - 1);
		String eventComment = this.comment.isEmpty() ? null : this.comment.toString();
		Event event = new Event(this.type.isEmpty() ? "message" : this.type, text, this.id, this.eventRetry,
				eventComment);
		reset();
		return event;
	}

	/** Ends a block. A block without data is not an event. */
	private void reset() {
		this.data.setLength(0);
		this.comment.setLength(0);
		this.type = "";
		this.eventRetry = null;
	}

	/**
	 * Reads the field in the current line. A comment starts with a colon, so its field
	 * has no name.
	 */
	private void field() {
		int colon = this.line.indexOf(":");
		String name = (colon >= 0) ? this.line.substring(0, colon) : this.line.toString();
		int start = (colon >= 0) ? colon + 1 : this.line.length();
		if (start < this.line.length() && this.line.charAt(start) == ' ') {
			start++;
		}
		switch (name) {
			case "event" -> this.type = this.line.substring(start);
			case "data" -> data(start);
			case "id" -> identify(this.line.substring(start));
			case "retry" -> delay(this.line.substring(start));
			case "" -> comment(start);
			default -> {
			}
		}
	}

	private void data(int start) {
		check(this.data.length() + this.line.length() - start, this.limits.maxEvent(), "An event", "limits.max-event",
				"events");
		this.data.append(this.line, start, this.line.length()).append('\n');
	}

	private void comment(int start) {
		int separator = this.comment.isEmpty() ? 0 : 1;
		if (this.comment.length() + separator + this.line.length() - start <= MAX_COMMENT) {
			this.comment.append("\n", 0, separator).append(this.line, start, this.line.length());
		}
	}

	/**
	 * Stores an id. The standard ignores an id with a NUL. An id with another control
	 * character could not be sent back, so the previous id is kept, which may repeat
	 * events but does not lose any.
	 */
	private void identify(String value) {
		if (HeaderRules.indexOfControl(value) < 0) {
			this.id = value;
		}
	}

	private void delay(String value) {
		if (Digits.areDigits(value)) {
			long millis = Digits.parse(value);
			boolean tooLong = millis < 0 || millis > MAX_RETRY.toMillis();
			this.eventRetry = (millis >= 0) ? Duration.ofMillis(millis) : MAX_RETRY;
			this.retry = tooLong ? MAX_RETRY : Duration.ofMillis(Math.max(MIN_RETRY.toMillis(), millis));
		}
	}

	private static void check(long length, long maximum, String what, String key, String plural) {
		if (maximum >= 0 && length > maximum) {
			throw new ContentDecodingException(what + " of the response is longer than " + key + " (" + maximum
					+ " characters). Raise it if you expect such " + plural + ".");
		}
	}

	/**
	 * Reads a line without its end, and returns false if there is no complete line left.
	 */
	private boolean readLine() throws IOException {
		this.line.setLength(0);
		while (this.position < this.limit || fill()) {
			char c = this.buffer[this.position++];
			boolean endsReturn = this.afterReturn && c == '\n';
			this.afterReturn = c == '\r';
			if (endsReturn) {
				continue;
			}
			if (c == '\n' || c == '\r') {
				return true;
			}
			this.line.append(c);
			check(this.line.length(), this.limits.maxLine(), "A line", "limits.max-line", "lines");
		}
		return false;
	}

	private boolean fill() throws IOException {
		this.limit = Math.max(0, this.in.read(this.buffer, 0, BUFFER));
		this.position = 0;
		if (!this.started && this.limit > 0) {
			this.started = true;
			this.position = (this.buffer[0] == BYTE_ORDER_MARK) ? 1 : 0;
			return this.position < this.limit || fill();
		}
		return this.limit > 0;
	}

}
