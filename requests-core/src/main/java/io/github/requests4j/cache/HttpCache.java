package io.github.requests4j.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.url.UrlPreparer;

/**
 * A private HTTP cache (RFC 9111) in front of an adapter. It stores responses that
 * servers allow it to store, revalidates stale ones, and removes those that a POST, PUT
 * or DELETE has changed. Redirects, authentication and cookies work as they do without a
 * cache. <pre class="code">
 * HttpCache cache = HttpCache.builder().maxSize(64 * 1024 * 1024).build();
 * try (Session session = Session.builder()
 *         .mount("https://", cache.wrap(HttpAdapter.builder().build()))
 *         .build()) {
 *     Response first = session.get("https://api.example.com/items");
 *     Response again = session.get("https://api.example.com/items");
 *     CacheStatus status = CacheStatus.of(again);
 * }
 * </pre>
 * <p>
 * Every response has a Cache-Status header (RFC 9211). A response to a request with
 * credentials is reused for the same credentials only, unless it is {@code public}; a
 * {@code private} one also needs the same cookies. Responses are stored without their
 * Set-Cookie headers. A call overrides the cache with its own Cache-Control header, such
 * as {@code no-cache}, {@code no-store}, {@code max-stale=60} or {@code only-if-cached},
 * which gets a 504 if nothing is stored.
 * <p>
 * A body is stored while the caller reads it, and only if it is read to its end. The
 * memory store needs Caffeine on the class path. Thread-safe; several adapters may share
 * one cache.
 */
public final class HttpCache implements AutoCloseable {

	/** Larger bodies would evict too many other responses. */
	private static final int MAX_SHARE = 8;

	private final CacheRules rules;

	private final CacheStore store;

	private final boolean collapse;

	private final Limits limits;

	private final Clock clock;

	private final Meters meters = new Meters();

	private final Executor executor;

	private final @Nullable ExecutorService ownExecutor;

	private HttpCache(Builder builder, CacheStore store) {
		this.rules = new CacheRules(new CacheSettings(builder.heuristic, builder.staleIfError.toSeconds(),
				builder.staleWhileRevalidate.toSeconds(), builder.keyHeaders));
		this.store = store;
		this.collapse = builder.collapse;
		this.limits = builder.limits;
		this.clock = builder.clock;
		this.ownExecutor = (builder.executor == null) ? newExecutor() : null;
		this.executor = (builder.executor != null) ? builder.executor : Objects.requireNonNull(this.ownExecutor);
	}

	/** Creates an executor that has no thread while nothing is refreshed. */
	private static ExecutorService newExecutor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(100),
				(task) -> {
					Thread thread = new Thread(task, "requests-cache");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Returns a builder with the default settings.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Puts this cache in front of an adapter. Closing the result closes the adapter, not
	 * the cache.
	 * @param adapter sends the requests that the cache cannot answer
	 * @return an adapter to mount
	 */
	public Adapter wrap(Adapter adapter) {
		return new CachingAdapter(Objects.requireNonNull(adapter, "adapter"), this);
	}

	/**
	 * Returns the cache in front of an adapter, even if other adapters wrap the cache.
	 * @param adapter an adapter of a session
	 * @return the cache, or {@code null} if there is none
	 */
	public static @Nullable HttpCache of(Adapter adapter) {
		for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
			if (inner instanceof CachingAdapter caching) {
				return caching.cache();
			}
		}
		return null;
	}

	/**
	 * Removes all responses to a URL.
	 * @param url an absolute http or https URL
	 */
	public void evict(String url) {
		this.store.remove(UrlPreparer.prepare(url, "").withoutUserinfoAndFragment());
	}

	/**
	 * Removes everything.
	 */
	public void clear() {
		this.store.clear();
	}

	/**
	 * Returns the current statistics.
	 * @return a snapshot
	 */
	public CacheStatistics statistics() {
		return new CacheStatistics(this.meters.hits.sum(), this.meters.misses.sum(), this.meters.validations.sum(),
				this.store.size());
	}

	/**
	 * Closes the store. Background refreshes end unless they run on an executor of the
	 * caller. Calling this twice has no effect.
	 */
	@Override
	public void close() {
		if (this.ownExecutor != null) {
			this.ownExecutor.shutdownNow();
		}
		this.store.close();
	}

	CacheRules rules() {
		return this.rules;
	}

	CacheStore store() {
		return this.store;
	}

	boolean collapses() {
		return this.collapse;
	}

	Limits limits() {
		return this.limits;
	}

	Executor executor() {
		return this.executor;
	}

	Meters meters() {
		return this.meters;
	}

	long now() {
		return this.clock.millis();
	}

	/** Counts hits, misses and validations. */
	static final class Meters {

		private final LongAdder hits = new LongAdder();

		private final LongAdder misses = new LongAdder();

		private final LongAdder validations = new LongAdder();

		void hit() {
			this.hits.increment();
		}

		void missed() {
			this.misses.increment();
		}

		void validated() {
			this.validations.increment();
		}

	}

	/**
	 * Builds an {@link HttpCache}. Not thread-safe.
	 */
	public static final class Builder {

		private long maxSize = 64L * 1024 * 1024;

		private @Nullable CacheStore store;

		private boolean heuristic;

		private Duration staleIfError = Duration.ZERO;

		private Duration staleWhileRevalidate = Duration.ZERO;

		private List<String> keyHeaders = List.of();

		private boolean collapse;

		private @Nullable Executor executor;

		private Limits limits = Limits.DEFAULTS;

		private Clock clock = Clock.systemUTC();

		private Builder() {
		}

		/**
		 * Sets the maximum size of the memory store. Bodies larger than an eighth of it
		 * are not stored.
		 * @param bytes the size, 64 MiB by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder maxSize(long bytes) {
			if (bytes <= 0) {
				throw new IllegalArgumentException("maxSize must be positive, not " + bytes);
			}
			this.maxSize = bytes;
			return this;
		}

		/**
		 * Sets a store that replaces the one in memory.
		 * @param store the store, which the cache closes
		 * @return this builder
		 */
		public Builder store(CacheStore store) {
			this.store = Objects.requireNonNull(store, "store");
			return this;
		}

		/**
		 * Sets whether a response without a lifetime is fresh for a tenth of the time
		 * since it was last modified, but at most for a day (RFC 9111, section 4.2.2).
		 * @param heuristic {@code false} by default
		 * @return this builder
		 */
		public Builder heuristic(boolean heuristic) {
			this.heuristic = heuristic;
			return this;
		}

		/**
		 * Sets how long a stale response may replace an error, if neither the response
		 * nor the request specifies {@code stale-if-error} (RFC 5861). Errors are the
		 * statuses 500, 502, 503 and 504, timeouts and failed connections.
		 * @param time zero by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is negative
		 */
		public Builder staleIfError(Duration time) {
			this.staleIfError = notNegative("staleIfError", time);
			return this;
		}

		/**
		 * Sets how long a stale response is served while it is validated in the
		 * background, if the response does not specify {@code stale-while-revalidate}
		 * (RFC 5861).
		 * @param time zero by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is negative
		 */
		public Builder staleWhileRevalidate(Duration time) {
			this.staleWhileRevalidate = notNegative("staleWhileRevalidate", time);
			return this;
		}

		private static Duration notNegative(String name, Duration time) {
			if (time.isNegative()) {
				throw new IllegalArgumentException(name + " must not be negative, but is " + time);
			}
			return time;
		}

		/**
		 * Sets request headers on which every response depends, even if the server does
		 * not list them in Vary.
		 * @param names the names, none by default
		 * @return this builder
		 */
		public Builder keyHeaders(String... names) {
			List<String> lower = new ArrayList<>();
			for (String name : names) {
				lower.add(name.toLowerCase(Locale.ROOT));
			}
			this.keyHeaders = List.copyOf(lower);
			return this;
		}

		/**
		 * Sets whether a request waits for an equal one that is in progress, and uses its
		 * response if that can be stored. It waits at most for its read timeout.
		 * @param collapse {@code false} by default
		 * @return this builder
		 */
		public Builder collapse(boolean collapse) {
			this.collapse = collapse;
			return this;
		}

		/**
		 * Sets the executor for validating stale responses in the background.
		 * @param executor the executor; by default, up to four daemon threads that end
		 * when they are idle
		 * @return this builder
		 */
		public Builder executor(Executor executor) {
			this.executor = Objects.requireNonNull(executor, "executor");
			return this;
		}

		/**
		 * Sets the limits for decoding stored bodies.
		 * @param limits the limits, usually those of the adapters;
		 * {@link Limits#DEFAULTS} by default
		 * @return this builder
		 */
		public Builder limits(Limits limits) {
			this.limits = Objects.requireNonNull(limits, "limits");
			return this;
		}

		/**
		 * Sets the clock, for tests.
		 * @param clock the system's by default
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Builds the cache.
		 * @return the cache, which the caller must close
		 * @throws IllegalStateException if no store is set and Caffeine is not on the
		 * class path
		 */
		public HttpCache build() {
			return new HttpCache(this, (this.store != null) ? this.store : memory());
		}

		private CacheStore memory() {
			try {
				return new MemoryStore(this.maxSize, Math.max(1, this.maxSize / MAX_SHARE));
			}
			catch (NoClassDefFoundError ex) {
				throw new IllegalStateException("A cache in memory needs Caffeine. "
						+ "Add the dependency com.github.ben-manes.caffeine:caffeine, or set a store.", ex);
			}
		}

	}

}
