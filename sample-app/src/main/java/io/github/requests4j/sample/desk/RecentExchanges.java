package io.github.requests4j.sample.desk;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Remembers the last exchanges of each client: every redirect and every retry is one.
 * Safe for many threads.
 */
class RecentExchanges implements ExchangeListener {

	private static final int KEPT = 6;

	private final Map<String, Deque<Entry>> byClient = new TreeMap<>();

	@Override
	public Scope begin(Exchange exchange) {
		String client = Objects.requireNonNullElse(exchange.context().client(), "without a client");
		String kind = exchange.kind().name().toLowerCase(Locale.ROOT);
		String request = exchange.request().method() + " " + exchange.request().pathUrl();
		return new Scope() {

			@Override
			public void responded(Response response, Duration elapsed) {
				remember(client,
						Entry.now(kind, request, String.valueOf(response.statusCode()), response.ok(), elapsed));
			}

			@Override
			public void failed(RequestException error, Duration elapsed) {
				remember(client, Entry.now(kind, request, error.getClass().getSimpleName(), false, elapsed));
			}

		};
	}

	/** The last exchanges by client, the newest first. */
	synchronized Map<String, List<Entry>> all() {
		Map<String, List<Entry>> all = new TreeMap<>();
		this.byClient.forEach((client, entries) -> all.put(client, List.copyOf(entries)));
		return all;
	}

	private synchronized void remember(String client, Entry entry) {
		Deque<Entry> entries = this.byClient.computeIfAbsent(client, (first) -> new ArrayDeque<>());
		entries.addFirst(entry);
		if (entries.size() > KEPT) {
			entries.removeLast();
		}
	}

	record Entry(LocalTime time, String kind, String request, String outcome, boolean ok, long millis) {

		static Entry now(String kind, String request, String outcome, boolean ok, Duration elapsed) {
			return new Entry(LocalTime.now(ZoneId.systemDefault()), kind, request, outcome, ok, elapsed.toMillis());
		}

	}

}
