package io.github.requests4j.sample.watch;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Stores the last exchanges of each session, including redirects and retries.
 * Thread-safe.
 */
class RecentExchanges implements ExchangeListener {

	private static final int MAX_ENTRIES = 6;

	private final Map<String, Deque<Entry>> bySession = new HashMap<>();

	@Override
	public Scope begin(Exchange exchange) {
		String session = Objects.requireNonNullElse(exchange.context().session(), "");
		String kind = exchange.kind().name().toLowerCase(Locale.ROOT);
		String request = exchange.request().method() + " " + target(exchange);
		boolean credentials = exchange.kind() == Exchange.Kind.AUTH
				|| exchange.request().headers().containsKey("Authorization");
		return new Scope() {

			@Override
			public void responded(Response response, Duration elapsed) {
				int status = response.statusCode();
				String outcome = (status == 401 && !credentials) ? "401 challenge" : String.valueOf(status);
				remember(session, Entry.now(kind, request, outcome, status >= 500, elapsed));
			}

			@Override
			public void failed(RequestException error, Duration elapsed) {
				boolean cancelled = error instanceof AttemptCancelledException;
				String outcome = cancelled ? "cancelled" : error.getClass().getSimpleName();
				remember(session, Entry.now(kind, request, outcome, !cancelled, elapsed));
			}

		};
	}

	/** Returns the last exchanges of a session, newest first. */
	synchronized List<Entry> of(String session) {
		return List.copyOf(this.bySession.getOrDefault(session, new ArrayDeque<>()));
	}

	/**
	 * Returns the URI template, or the path for a hop of a redirect, which has no
	 * template.
	 */
	private static String target(Exchange exchange) {
		String template = exchange.context().uriTemplate();
		return (template != null) ? template : exchange.request().pathUrl();
	}

	private synchronized void remember(String session, Entry entry) {
		Deque<Entry> entries = this.bySession.computeIfAbsent(session, (first) -> new ArrayDeque<>());
		entries.addFirst(entry);
		if (entries.size() > MAX_ENTRIES) {
			entries.removeLast();
		}
	}

	/**
	 * One exchange. As in the chart, it failed if the response was a server error or
	 * missing. A challenge to log in is no failure, nor is an attempt that was cancelled
	 * because another one was faster.
	 */
	record Entry(LocalTime time, String kind, String request, String outcome, boolean failed, double millis) {

		static Entry now(String kind, String request, String outcome, boolean failed, Duration elapsed) {
			return new Entry(LocalTime.now(ZoneId.systemDefault()), kind, request, outcome, failed,
					elapsed.toNanos() / 1e6);
		}

	}

}
