package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.spring.client.EventParser.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples and the rules of section 9.2 of the HTML standard.
 */
class EventParserTests {

	@Test
	void dataLinesAreJoined() throws Exception {
		assertThat(parse("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly(event("message", "YHOO\n+2\n10", ""));
	}

	@Test
	void exampleWithCommentsAndIdsIsParsed() throws Exception {
		assertThat(
				parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
			.containsExactly(event("message", "first event", "1"), event("message", "second event", ""),
					event("message", " third event", ""));
	}

	@Test
	void emptyDataIsAnEventAndAnIncompleteEventIsNot() throws Exception {
		assertThat(parse("data\n\ndata\ndata\n\ndata:")).containsExactly(event("message", "", ""),
				event("message", "\n", ""));
	}

	@Test
	void oneSpaceAfterTheColonIsIgnored() throws Exception {
		assertThat(parse("data:test\n\ndata: test\n\n")).containsExactly(event("message", "test", ""),
				event("message", "test", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void linesMayEndWithCrLfOrBoth(String end) throws Exception {
		String text = "event: add" + end + "data: 1" + end + "data: 2" + end + "id: x" + end + end + "data: 3" + end
				+ end;
		assertThat(parse(text)).containsExactly(event("add", "1\n2", "x"), event("message", "3", "x"));
	}

	@Test
	void eventIsReturnedWithoutReadingAhead() throws Exception {
		InputStream stuck = new InputStream() {
			private final byte[] bytes = "data: a\r\r".getBytes(StandardCharsets.UTF_8);

			private int position;

			@Override
			public int read() {
				throw new AssertionError("read one by one");
			}

			@Override
			public int read(byte[] target, int offset, int length) {
				assertThat(this.position).as("reads beyond the event").isLessThan(this.bytes.length);
				target[offset] = this.bytes[this.position++];
				return 1;
			}
		};
		assertThat(new EventParser(stuck, "", Limits.DEFAULTS).next()).isEqualTo(event("message", "a", ""));
	}

	@Test
	void oneByteOrderMarkIsIgnored() throws Exception {
		assertThat(parse("\uFEFFdata: a\n\n")).containsExactly(event("message", "a", ""));
		assertThat(parse("\uFEFF\uFEFFdata: a\n\n")).isEmpty();
	}

	@Test
	void idsContainingNulAreIgnoredAndIdsPersist() throws Exception {
		assertThat(parse("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n")).containsExactly(event("message", "a", "1"),
				event("message", "b", "1"));
	}

	@Test
	void idWithoutDataIsUsedForReconnecting() throws Exception {
		EventParser parser = parser("id: 7\n\nid: 8\n");
		assertThat(parser.next()).isNull();
		assertThat(parser.lastEventId()).isEqualTo("7");
		assertThat(new EventParser(new ByteArrayInputStream(new byte[0]), "9", Limits.DEFAULTS).lastEventId())
			.isEqualTo("9");
	}

	@Test
	void eventTypeWithoutDataIsDiscarded() throws Exception {
		assertThat(parse("event: add\n\ndata: a\n\n")).containsExactly(event("message", "a", ""));
	}

	@Test
	void retryAcceptsOnlyDigits() throws Exception {
		assertThat(retry("retry: 1500\n\n")).isEqualTo(Duration.ofMillis(1500));
		assertThat(retry("retry: 1s\n\n")).isNull();
		assertThat(retry("retry: -1\n\n")).isNull();
		assertThat(retry("retry\n\n")).isNull();
	}

	@Test
	void retryPausesHaveAMinimumAndAMaximum() throws Exception {
		assertThat(retry("retry: 0\n\n")).isEqualTo(Duration.ofSeconds(1));
		assertThat(retry("retry: 1\n\n")).isEqualTo(Duration.ofSeconds(1));
		assertThat(retry("retry: 100000000\n\n")).isEqualTo(Duration.ofHours(1));
		assertThat(retry("retry: 99999999999999999999\n\n")).isEqualTo(Duration.ofHours(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "id: 2\u0001", "id: 2\u007f" })
	void idsThatCannotBeSentInAHeaderAreIgnored(String line) throws Exception {
		EventParser parser = parser("id: 1\ndata: a\n\n" + line + "\ndata: b\n\n");
		parser.next();
		parser.next();
		assertThat(parser.lastEventId()).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: 12345", ":2345678901", "data" })
	void endlessLineIsAnError(String start) {
		EventParser parser = parser(start + "x".repeat(30) + "\n\n", Limits.DEFAULTS.withLines(20, -1));
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(parser::next)
			.withMessage("A line of the response is longer than limits.max-line (20 characters). Raise it if you expect"
					+ " such lines.");
	}

	@Test
	void endlessEventIsAnError() throws Exception {
		EventParser parser = parser("data: 1234567890\n".repeat(3) + "\n", Limits.DEFAULTS.withLines(-1, 30));
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(parser::next)
			.withMessage("An event of the response is longer than limits.max-event (30 characters). Raise it if you"
					+ " expect such events.");
		assertThat(parser("data: 1234567890\n\n".repeat(3), Limits.DEFAULTS.withLines(16, 10)).next().data())
			.isEqualTo("1234567890");
	}

	@Test
	void unknownFieldsAreIgnoredAndNamesAreCaseSensitive() throws Exception {
		assertThat(parse("Data: a\nfoo: b\ndata : c\n data: d\n\n")).isEmpty();
	}

	@Test
	void textIsDecodedAsUtf8AcrossReads() throws Exception {
		assertThat(parse("data: ü€😀\n\n")).containsExactly(event("message", "ü€😀", ""));
	}

	@Test
	void eventsHaveTheCommentsAndRetryOfTheirBlock() throws Exception {
		assertThat(parse(": lost\n\n:one\nretry: 1\ndata: a\n: two\n\ndata: b\n\nretry: 2\n\ndata: c\n\n"))
			.containsExactly(new Event("message", "a", "", Duration.ofMillis(1), "one\ntwo"), event("message", "b", ""),
					event("message", "c", ""));
	}

	@Test
	void endlessCommentsAreDropped() throws Exception {
		EventParser parser = parser((": " + "x".repeat(1000) + "\n").repeat(100) + "data: a\n\n");
		assertThat(parser.next().comment()).hasSizeBetween(EventParser.MAX_COMMENT - 1001, EventParser.MAX_COMMENT);
	}

	private static Event event(String type, String data, String id) {
		return new Event(type, data, id, null, null);
	}

	private static Duration retry(String text) throws IOException {
		EventParser parser = parser(text);
		parser.next();
		return parser.retry();
	}

	private static List<Event> parse(String text) throws IOException {
		EventParser parser = parser(text);
		List<Event> events = new ArrayList<>();
		for (Event event = parser.next(); event != null; event = parser.next()) {
			events.add(event);
		}
		return events;
	}

	/** Returns one byte at a time, like a slow network. */
	private static EventParser parser(String text) {
		return parser(text, Limits.DEFAULTS);
	}

	private static EventParser parser(String text, Limits limits) {
		return new EventParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
			@Override
			public synchronized int read(byte[] target, int offset, int length) {
				return super.read(target, offset, Math.min(length, 1));
			}

			@Override
			public synchronized int available() {
				return 0;
			}
		}, "", limits);
	}

}
