package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.github.requests4j.http.Limits;

/**
 * Streams of server-sent events: the events are the same however the bytes arrive, and
 * have nothing in them that ends a line.
 */
public final class EventsFuzz {

	private EventsFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) throws IOException {
		List<EventParser.Event> events = read(new ByteArrayInputStream(data), data.length);
		if (data.length % 4 == 0) {
			InputStream slow = new ByteArrayInputStream(data) {
				@Override
				public synchronized int read(byte[] buffer, int offset, int length) {
					return super.read(buffer, offset, Math.min(1, length));
				}
			};
			if (!events.equals(read(slow, data.length))) {
				throw new AssertionError("it depends on how the bytes arrive: " + events);
			}
		}
	}

	private static List<EventParser.Event> read(InputStream in, int most) throws IOException {
		EventParser parser = new EventParser(in, "last", Limits.DEFAULTS);
		List<EventParser.Event> events = new ArrayList<>();
		EventParser.Event event = parser.next();
		while (event != null) {
			check(event, most);
			events.add(event);
			event = parser.next();
		}
		if (parser.retry() != null && parser.retry().isNegative()) {
			throw new AssertionError("a pause in the past: " + parser.retry());
		}
		return events;
	}

	private static void check(EventParser.Event event, int most) {
		String line = event.type() + event.id();
		if (event.type().isEmpty() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0
				|| event.id().indexOf('\0') >= 0 || event.data().indexOf('\r') >= 0 || event.data().length() > most) {
			throw new AssertionError("no event can be like this: " + event);
		}
	}

}
