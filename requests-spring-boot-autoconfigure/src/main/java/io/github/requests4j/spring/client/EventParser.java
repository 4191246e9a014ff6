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
 * Reads server-sent events as section 9.2 of the HTML standard of WHATWG wants them read:
 * UTF-8 whatever the headers say, one byte order mark left out, lines that end with CR,
 * LF or both. An event is there with its empty line; nothing is awaited beyond that. For
 * one thread.
 */
final class EventParser {

	private static final int BUFFER = 4096;

	/**
	 * The longest comment that is kept. What follows is dropped: comments have no end.
	 */
	static final int MAX_COMMENT = 64 * 1024;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** The shortest pause that a server can ask for: a shorter one is a busy loop. */
	static final Duration MIN_RETRY = Duration.ofSeconds(1);

	/** The longest pause that a server can ask for: a longer one never ends. */
	static final Duration MAX_RETRY = Duration.ofHours(1);

	private final Reader in;

	private final Limits limits;

	private final char[] buffer = new char[BUFFER];

	private int position;

	private int limit;

	private boolean begun;

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
	 * Begins to read.
	 * @param lastEventId the id of the last event before, or empty
	 * @param limits the longest line and the longest event
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
	 * @param id the last id that was seen, or empty
	 * @param retry the pause that its block names, or {@code null}
	 * @param comment the comments of its block, or {@code null}
	 */
	record Event(String type, String data, String id, @Nullable Duration retry, @Nullable String comment) {
	}

	/** Waits for the next event; null at the end, where half an event is dropped. */
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
			forget();
		}
		return null;
	}

	/** The id to go on from; empty for none. */
	String lastEventId() {
		return this.lastEventId;
	}

	/**
	 * How long the server wants clients to wait before they ask again, within
	 * {@link #MIN_RETRY} and {@link #MAX_RETRY}.
	 */
	@Nullable Duration retry() {
		return this.retry;
	}

	private Event dispatch() {
		String text = this.data.substring(0, this.data.length() - 1);
		String remark = this.comment.isEmpty() ? null : this.comment.toString();
		Event event = new Event(this.type.isEmpty() ? "message" : this.type, text, this.id, this.eventRetry, remark);
		forget();
		return event;
	}

	/** Ends a block: one without data is no event. */
	private void forget() {
		this.data.setLength(0);
		this.comment.setLength(0);
		this.type = "";
		this.eventRetry = null;
	}

	/** A line that begins with a colon is a comment: its field has no name. */
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
			case "retry" -> pause(this.line.substring(start));
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
	 * An id with a NUL is ignored by the standard. With another control it could not be
	 * sent back: going on from the id before repeats events, but loses none.
	 */
	private void identify(String value) {
		if (HeaderRules.indexOfControl(value) < 0) {
			this.id = value;
		}
	}

	private void pause(String value) {
		if (Digits.areDigits(value)) {
			long millis = Digits.parse(value);
			boolean tooLong = millis < 0 || millis > MAX_RETRY.toMillis();
			this.eventRetry = (millis >= 0) ? Duration.ofMillis(millis) : MAX_RETRY;
			this.retry = tooLong ? MAX_RETRY : Duration.ofMillis(Math.max(MIN_RETRY.toMillis(), millis));
		}
	}

	private static void check(long length, long most, String what, String key, String plural) {
		if (most >= 0 && length > most) {
			throw new ContentDecodingException(what + " of the response is longer than " + key + " (" + most
					+ " characters). Raise it if you expect such " + plural + ".");
		}
	}

	/** Reads a line without its end; false if there is no whole line any more. */
	private boolean readLine() throws IOException {
		this.line.setLength(0);
		while (this.position < this.limit || fill()) {
			char c = this.buffer[this.position++];
			boolean secondHalf = this.afterReturn && c == '\n';
			this.afterReturn = c == '\r';
			if (secondHalf) {
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
		if (!this.begun && this.limit > 0) {
			this.begun = true;
			this.position = (this.buffer[0] == BYTE_ORDER_MARK) ? 1 : 0;
			return this.position < this.limit || fill();
		}
		return this.limit > 0;
	}

}
