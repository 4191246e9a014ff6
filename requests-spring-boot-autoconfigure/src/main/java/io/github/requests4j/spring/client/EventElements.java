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
 * Reads server-sent events, from consecutive responses if the method has
 * {@link Reconnect}.
 */
final class EventElements implements ElementIterator.Source {

	/** The status that ends the events permanently. */
	static final int NO_CONTENT = 204;

	/** The result of a reader for an event that is not passed to the caller. */
	static final Object SKIPPED = new Object();

	/** Reconnects with the id of the last event. */
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

	private Duration delay;

	private int failures;

	EventElements(Response response, Function<EventParser.Event, @Nullable Object> reader,
			@Nullable Reconnect reconnect, Reopener reopener) {
		this.response = response;
		this.reader = reader;
		this.reconnect = reconnect;
		this.reopener = reopener;
		this.parser = new EventParser(response.bodyStream(), "", response.limits());
		this.delay = Duration.ofMillis((reconnect != null) ? reconnect.delayMillis() : 0);
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
		return " If the method should not receive it, list the event types to read in @EventTypes.";
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
			return handle(ex);
		}
	}

	/**
	 * Returns null if reconnecting may help, and throws the error otherwise, for example
	 * if the body cannot be decoded.
	 */
	private EventParser.@Nullable Event handle(RequestException error) {
		if (this.reconnect == null || error instanceof ContentDecodingException || hasNoAttemptsLeft()) {
			throw error.attach(null, this.response);
		}
		return null;
	}

	private boolean hasNoAttemptsLeft() {
		return this.reconnect != null && this.reconnect.attempts() >= 0 && this.failures >= this.reconnect.attempts();
	}

	/** Opens the next response, and returns false if there are no more events. */
	private boolean reopen() {
		String last = this.parser.lastEventId();
		this.delay = (this.parser.retry() != null) ? this.parser.retry() : this.delay;
		this.response.close();
		while (!hasNoAttemptsLeft() && !isClosedWithin(this.delay)) {
			this.failures++;
			Response next = tryOpen(last);
			if (next != null) {
				return accept(next, last);
			}
		}
		return false;
	}

	private boolean accept(Response next, String last) {
		this.response = next;
		if (this.closed.getCount() == 0 || next.statusCode() == NO_CONTENT) {
			next.close();
			return false;
		}
		this.parser = new EventParser(next.bodyStream(), last, next.limits());
		return true;
	}

	private @Nullable Response tryOpen(String last) {
		try {
			return this.reopener.open(last);
		}
		catch (ConnectionException | ChunkedEncodingException ex) {
			if (hasNoAttemptsLeft()) {
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
			throw new RequestException("The thread was interrupted while it waited to reconnect for further events.",
					ex)
				.attach(null, this.response);
		}
	}

}
