package io.github.requests4j.spring.management;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.logging.ExchangeLog;
import io.github.requests4j.url.Url;

/**
 * The last exchanges of a session. Thread-safe.
 */
final class RecentExchanges {

	static final int MAX_ENTRIES = 20;

	private final Deque<Entry> newestFirst = new ArrayDeque<>();

	synchronized void add(Entry entry) {
		this.newestFirst.addFirst(entry);
		if (this.newestFirst.size() > MAX_ENTRIES) {
			this.newestFirst.removeLast();
		}
	}

	/** Returns the entries, newest first. */
	synchronized List<Entry> list() {
		return new ArrayList<>(this.newestFirst);
	}

	/**
	 * One exchange that has ended. Immutable.
	 *
	 * @param time when it ended
	 * @param kind why there was an exchange, such as {@code retry}
	 * @param attempt the number of the attempt
	 * @param method the method
	 * @param host the scheme, host and port that were called
	 * @param path the path of the URI template, which has no personal data; without one,
	 * that of the URL
	 * @param client the interface client, or {@code null} if the session was called
	 * directly
	 * @param status the status, or {@code null} without a response
	 * @param error the class of the exception without its package, or {@code null}
	 * @param milliseconds the time until the headers of the response arrived
	 */
	record Entry(Instant time, String kind, int attempt, String method, String host, String path,
			@Nullable String client, @Nullable Integer status, @Nullable String error, long milliseconds) {
	}

	/**
	 * An exchange that has not ended yet. Immutable.
	 */
	record Begun(String kind, int attempt, String method, String host, String path, @Nullable String client) {

		static Begun of(Exchange exchange) {
			Url url = exchange.request().parsedUrl();
			String host = (url.host() != null) ? url.origin() : String.valueOf(url.scheme());
			String template = ExchangeLog.template(exchange.context());
			return new Begun(ExchangeLog.kind(exchange), exchange.attempt(),
					String.valueOf(exchange.request().method()), UrlText.printable(host),
					UrlText.printable((template != null) ? template : url.path()), exchange.context().client());
		}

		Entry end(Instant time, @Nullable Integer status, @Nullable Exception error, Duration elapsed) {
			return new Entry(time, this.kind, this.attempt, this.method, this.host, this.path, this.client, status,
					(error != null) ? error.getClass().getSimpleName() : null, elapsed.toMillis());
		}

	}

}
