package io.github.requests4j.spring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UrlText;

/**
 * Server-sent events, from one response after the other when that is asked for.
 */
final class EventElements implements ElementIterator.Source {

	/** Ends the events for good. */
	static final int NO_CONTENT = 204;

	/** What a reader returns for an event that is not for the caller. */
	static final Object SKIPPED = new Object();

	/** Asks again, with the id of the last event. */
	@FunctionalInterface
	interface Reopener {

		Response open(String lastEventId);

	}

	private final Function<EventParser.Event, @Nullable Object> reader;

	private final @Nullable Reconnect reconnect;

	private final Reopener reopener;

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Response response;

	private EventParser parser;

	private String type = "";

	private Duration pause;

	private int failures;

	EventElements(Response response, Function<EventParser.Event, @Nullable Object> reader,
			@Nullable Reconnect reconnect, Reopener reopener) {
		this.response = response;
		this.reader = reader;
		this.reconnect = reconnect;
		this.reopener = reopener;
		this.parser = new EventParser(response.bodyStream(), "", response.limits());
		this.pause = Duration.ofMillis((reconnect != null) ? reconnect.delayMillis() : 0);
	}

	@Override
	public @Nullable Object next() throws IOException {
		while (true) {
			EventParser.Event event = read();
			if (event != null) {
				this.failures = 0;
				this.type = event.type();
				Object element = this.reader.apply(event);
				if (element != SKIPPED) {
					return element;
				}
			}
			else if (this.reconnect == null || !reopen()) {
				return END;
			}
		}
	}

	@Override
	public String describe() {
		return "the event '" + UrlText.printable(this.type) + "'";
	}

	@Override
	public String advice() {
		return " If it is not meant for this method, name the types of events to read in @EventTypes.";
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.response.close();
	}

	private EventParser.@Nullable Event read() throws IOException {
		try {
			return this.parser.next();
		}
		catch (RequestException ex) {
			return giveUp(ex);
		}
	}

	/** Connections may break; what cannot be decoded will not get better. */
	private EventParser.@Nullable Event giveUp(RequestException error) {
		if (this.reconnect == null || error instanceof ContentDecodingException || tooOften()) {
			throw error.attach(null, this.response);
		}
		return null;
	}

	private boolean tooOften() {
		return this.reconnect != null && this.reconnect.attempts() >= 0 && this.failures >= this.reconnect.attempts();
	}

	/** False when there shall be no more events. */
	private boolean reopen() {
		String last = this.parser.lastEventId();
		this.pause = (this.parser.retry() != null) ? this.parser.retry() : this.pause;
		this.response.close();
		while (!tooOften() && !isClosedWithin(this.pause)) {
			this.failures++;
			Response again = open(last);
			if (again != null) {
				return take(again, last);
			}
		}
		return false;
	}

	private boolean take(Response again, String last) {
		this.response = again;
		if (this.closed.getCount() == 0 || again.statusCode() == NO_CONTENT) {
			again.close();
			return false;
		}
		this.parser = new EventParser(again.bodyStream(), last, again.limits());
		return true;
	}

	private @Nullable Response open(String last) {
		try {
			return this.reopener.open(last);
		}
		catch (ConnectionException | ChunkedEncodingException ex) {
			if (tooOften()) {
				throw ex;
			}
			return null;
		}
	}

	private boolean isClosedWithin(Duration time) {
		try {
			return this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RequestException("Interrupted while waiting to ask for further events", ex).attach(null,
					this.response);
		}
	}

}
