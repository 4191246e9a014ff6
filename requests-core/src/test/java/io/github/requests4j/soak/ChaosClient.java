package io.github.requests4j.soak;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;

/**
 * Calls a {@link ChaosServer} through one session, with a token in each call. A call ends
 * with its own answer, with a RequestException, or with what its hook or body has thrown.
 * Everything else is a surprise. Safe for many threads.
 */
final class ChaosClient {

	private static final Duration READ = Duration.ofMillis(ChaosServer.LATE_MILLIS / 2);

	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final int LARGEST = 60_000;

	private final Session session;

	private final List<Road> roads;

	private final AtomicLong tokens = new AtomicLong();

	private final AtomicLongArray answered;

	private final AtomicLong failed = new AtomicLong();

	private final AtomicLong thrown = new AtomicLong();

	private final AtomicLong surplus = new AtomicLong();

	private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

	private final Set<Thread> callers = ConcurrentHashMap.newKeySet();

	ChaosClient(Session session, List<Road> roads) {
		this.session = session;
		this.roads = roads;
		this.answered = new AtomicLongArray(roads.size());
	}

	/**
	 * A way to a server.
	 *
	 * @param name what it is, for messages
	 * @param origin scheme, host and port of the server
	 * @param proxy the proxy, or null
	 * @param isBad whether the network tears things apart
	 */
	record Road(String name, String origin, @Nullable String proxy, boolean isBad) {

		boolean isPlain() {
			return this.origin.startsWith("http:");
		}

	}

	/** What hooks, listeners and bodies throw. */
	static final class ChaosException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ChaosException(String message) {
			super(message, null, false, false);
		}

	}

	/** Makes calls until this time. */
	void run(long until) {
		this.callers.add(Thread.currentThread());
		try {
			while (System.nanoTime() - until < 0 && this.surprises.size() < 10) {
				call(ThreadLocalRandom.current());
				// It was for the call that is over.
				Thread.interrupted();
			}
		}
		finally {
			this.callers.remove(Thread.currentThread());
			Thread.interrupted();
		}
	}

	/** Interrupts one of the callers. */
	void interruptOne(ThreadLocalRandom random) {
		Thread[] all = this.callers.toArray(new Thread[0]);
		if (all.length > 0) {
			all[random.nextInt(all.length)].interrupt();
		}
	}

	private void call(ThreadLocalRandom random) {
		int number = random.nextInt(this.roads.size());
		Call call = new Call(this.roads.get(number), "c" + this.tokens.incrementAndGet(), random);
		try {
			String wrong = call.make(this.session);
			if (wrong == null) {
				this.answered.incrementAndGet(number);
			}
			else if (wrong.equals(ChaosServer.SURPLUS_TOKEN)) {
				this.surplus.incrementAndGet();
			}
			else {
				this.surprises.add(call + ": " + wrong);
			}
		}
		catch (RequestException ex) {
			this.failed.incrementAndGet();
			if (ex.request() == null) {
				this.surprises.add(call + ": an error without its request: " + ex);
			}
		}
		catch (ChaosException ex) {
			this.thrown.incrementAndGet();
			if (!call.mayThrow) {
				this.surprises.add(call + ": thrown by another call: " + ex);
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			this.surprises.add(call + ": " + ex + " at " + Arrays.toString(ex.getStackTrace()));
		}
	}

	/** One call, and what it expects. */
	private static final class Call {

		private final Road road;

		private final String token;

		private final ThreadLocalRandom random;

		private final String method;

		private final byte[] body;

		private final boolean mayThrow;

		private final boolean stream;

		Call(Road road, String token, ThreadLocalRandom random) {
			this.road = road;
			this.token = token;
			this.random = random;
			this.method = List.of("GET", "GET", "POST", "POST", "HEAD").get(random.nextInt(5));
			int size = (random.nextInt(4) == 0) ? random.nextInt(LARGEST) : random.nextInt(300);
			this.body = "x".repeat(size).getBytes(StandardCharsets.US_ASCII);
			this.mayThrow = random.nextInt(20) == 0;
			this.stream = random.nextInt(4) == 0;
		}

		/**
		 * Returns null for its own answer, the token of a surplus answer, or what is
		 * wrong.
		 */
		@Nullable String make(Session session) throws IOException {
			String url = this.road.origin() + "/" + this.token + "/" + this.body.length;
			try (Response response = session.request(this.method, url, this::fill)) {
				return check(response);
			}
		}

		private void fill(RequestOptions options) {
			options.stream(this.stream).timeout(Duration.ofSeconds(2), READ).deadline(DEADLINE);
			String proxy = this.road.proxy();
			if (proxy != null) {
				options.proxy("http", proxy).proxy("https", proxy);
			}
			if (this.method.equals("POST")) {
				fillBody(options);
			}
			if (this.mayThrow && this.random.nextBoolean()) {
				options.hook((response, sent) -> {
					throw new ChaosException("hook");
				});
			}
			else if (this.mayThrow) {
				options.onProgress((direction, bytes, total) -> {
					throw new ChaosException("progress");
				});
			}
		}

		private void fillBody(RequestOptions options) {
			switch (this.random.nextInt(3)) {
				case 0 -> options.data(this.body);
				case 1 -> options.data(new ByteArrayInputStream(this.body));
				default -> options.data(pieces(this.body, this.mayThrow).iterator());
			}
		}

		private static Iterable<byte[]> pieces(byte[] body, boolean fails) {
			int half = body.length / 2;
			List<byte[]> pieces = List.of(Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length));
			return fails ? () -> pieces.stream().peek((piece) -> {
				throw new ChaosException("body");
			}).iterator() : pieces;
		}

		private @Nullable String check(Response response) throws IOException {
			if (response.statusCode() == 502 && this.road.proxy() != null) {
				return "the answer of a proxy to CONNECT";
			}
			String shown = response.headers().get("X-Token");
			if (ChaosServer.SURPLUS_TOKEN.equals(shown)
					|| (ChaosServer.AT_ONCE_TOKEN.equals(shown) && this.road.isBad())) {
				return ChaosServer.SURPLUS_TOKEN;
			}
			if (!this.token.equals(shown)) {
				return "the answer " + response.statusCode() + " of " + shown;
			}
			boolean cut = this.road.isPlain() && response.headers().containsKey("X-Framing");
			String expected = this.method.equals("HEAD") ? ""
					: this.token + "|" + new String(this.body, StandardCharsets.US_ASCII);
			if (this.stream && this.random.nextBoolean()) {
				InputStream raw = Objects.requireNonNull(response.raw());
				byte[] start = raw.readNBytes(this.random.nextInt(20));
				boolean encoded = response.headers().containsKey("Content-Encoding");
				String text = new String(start, StandardCharsets.US_ASCII);
				return (encoded || expected.startsWith(text)) ? null : "another beginning: " + text;
			}
			String text = new String(response.content(), StandardCharsets.US_ASCII);
			return (text.equals(expected) || (cut && expected.startsWith(text))) ? null
					: "another body of " + text.length() + " bytes instead of " + expected.length();
		}

		@Override
		public String toString() {
			return this.method + " " + this.token + " (" + this.body.length + " bytes, " + this.road.name() + ")";
		}

	}

	/** Own answers, by road. */
	long answered(int road) {
		return this.answered.get(road);
	}

	/** Surplus responses that came too late to be distinguished. */
	long surplus() {
		return this.surplus.get();
	}

	/** Descriptions of unexpected results. */
	Queue<String> surprises() {
		return this.surprises;
	}

	@Override
	public String toString() {
		long own = 0;
		for (int i = 0; i < this.roads.size(); i++) {
			own += answered(i);
		}
		return "calls " + this.tokens + " = answered " + own + " + failed " + this.failed + " + thrown " + this.thrown
				+ " + late surplus " + this.surplus;
	}

}
