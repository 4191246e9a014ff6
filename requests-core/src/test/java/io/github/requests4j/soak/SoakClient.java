package io.github.requests4j.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Makes calls of all kinds through one session, compares their results, and counts. Safe
 * for many threads.
 */
final class SoakClient {

	private static final Duration STALL = Duration.ofMillis(200);

	private final Session session;

	private final AtomicLong ids = new AtomicLong();

	private final AtomicLongArray sent = new AtomicLongArray(SoakCall.values().length);

	private final AtomicLongArray responses = new AtomicLongArray(SoakCall.values().length);

	private final AtomicLongArray errors = new AtomicLongArray(SoakCall.values().length);

	private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

	SoakClient(Session session) {
		this.session = session;
	}

	/** Makes calls until this time. */
	void run(String origin, long until) {
		while (System.nanoTime() - until < 0 && this.surprises.size() < 10) {
			call(SoakCall.any(ThreadLocalRandom.current()), origin);
		}
	}

	private void call(SoakCall call, String origin) {
		String id = "id" + this.ids.incrementAndGet();
		this.sent.incrementAndGet(call.ordinal());
		try {
			String wrong = exchange(call, origin + "/" + call + "/" + id, id);
			this.responses.incrementAndGet(call.ordinal());
			if (wrong != null || call.failure() != null) {
				this.surprises.add(call + " " + id + ": a response: " + wrong);
			}
		}
		catch (RequestException ex) {
			this.errors.incrementAndGet(call.ordinal());
			if (!mayFailWith(call, ex) || ex.request() == null) {
				this.surprises.add(call + " " + id + ": " + ex);
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			this.surprises.add(call + " " + id + ": not a RequestException: " + ex);
		}
	}

	private static boolean mayFailWith(SoakCall call, RequestException ex) {
		Class<? extends RequestException> failure = call.failure();
		// A request that is not idempotent may meet a connection that was just closed.
		return (failure != null) ? failure.isInstance(ex)
				: call == SoakCall.POST && ex.getClass() == ConnectionException.class;
	}

	/** What is wrong with the response, or {@code null}. */
	private @Nullable String exchange(SoakCall call, String url, String id) throws IOException {
		byte[] body = new byte[(call == SoakCall.POST) ? ThreadLocalRandom.current().nextInt(20_000) : 10];
		try (Response response = this.session.request(call.method(), url, (options) -> {
			options.stream(call == SoakCall.LEFT);
			if (call.isStalled()) {
				options.timeout(null, STALL);
			}
			if (call.method().equals("POST")) {
				System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, body, 0,
						Math.min(body.length, id.length()));
				options.data(body);
			}
		})) {
			return response.ok() ? check(call, response, id, body) : "status " + response.statusCode();
		}
	}

	private static @Nullable String check(SoakCall call, Response response, String id, byte[] body) throws IOException {
		boolean right = switch (call) {
			case POST -> Arrays.equals(response.content(), body);
			case HEAD -> response.content().length == 0 && id.equals(response.headers().get("X-Id"));
			case CHUNKS -> response.content().length == 0x1000 + id.length() && response.text().endsWith("x" + id);
			case LEFT -> {
				InputStream raw = Objects.requireNonNull(response.raw());
				yield new String(raw.readNBytes(id.length()), StandardCharsets.US_ASCII).equals(id);
			}
			default -> response.text().equals(id);
		};
		return right ? null : "of another call";
	}

	long sent(SoakCall call) {
		return this.sent.get(call.ordinal());
	}

	long responses(SoakCall call) {
		return this.responses.get(call.ordinal());
	}

	long errors(SoakCall call) {
		return this.errors.get(call.ordinal());
	}

	/** Descriptions of unexpected results. */
	Queue<String> surprises() {
		return this.surprises;
	}

}
