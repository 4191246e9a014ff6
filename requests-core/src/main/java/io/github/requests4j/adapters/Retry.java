package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.PreparedRequest;

/**
 * A retry policy: urllib3's {@code Retry} as an immutable value. Connect errors are
 * retried for every method, because nothing was sent. Broken connections, read timeouts
 * and statuses are retried only for {@link #allowedMethods()}. If there are several
 * counters, retries end when the first one is used up. A {@link RetryBudget} also limits
 * the retries of all calls together. <pre>{@code
 * Retry retry = Retry.builder()
 *     .total(3)
 *     .statusForcelist(502, 503, 504)
 *     .backoffFactor(Duration.ofMillis(200))
 *     .build();
 * HttpAdapter adapter = HttpAdapter.builder().maxRetries(retry).build();
 * }</pre> A call can have its own policy: <pre>{@code
 * session.get("stock", (request) -> request.attribute(Retry.class, Retry.none()));
 * }</pre>
 *
 * @see HttpAdapter.Builder#maxRetries(Retry)
 */
public final class Retry {

	/**
	 * The methods that are safe to send twice: HEAD, GET, PUT, DELETE, OPTIONS and TRACE.
	 */
	public static final Set<String> DEFAULT_ALLOWED_METHODS = PreparedRequest.IDEMPOTENT_METHODS;

	/**
	 * The default limit for the pause that a server can request with Retry-After: six
	 * hours.
	 */
	public static final Duration DEFAULT_RETRY_AFTER_MAX = Duration.ofHours(6);

	private static final Retry NONE = new Retry();

	private final @Nullable Integer total;

	private final @Nullable Integer connect;

	private final @Nullable Integer read;

	private final @Nullable Integer redirect;

	private final @Nullable Integer status;

	private final @Nullable Integer other;

	private final boolean raiseReadErrors;

	private final @Nullable Set<String> allowedMethods;

	private final Set<Integer> statusForcelist;

	private final Duration backoffFactor;

	private final Duration backoffMax;

	private final Duration backoffJitter;

	private final boolean raiseOnStatus;

	private final boolean respectRetryAfterHeader;

	private final Duration retryAfterMax;

	private final @Nullable RetryBudget budget;

	/** Creates the policy without retries; everything else is urllib3's default. */
	private Retry() {
		this.total = 0;
		this.connect = null;
		this.read = null;
		this.redirect = null;
		this.status = null;
		this.other = null;
		this.raiseReadErrors = true;
		this.allowedMethods = DEFAULT_ALLOWED_METHODS;
		this.statusForcelist = Set.of();
		this.backoffFactor = Duration.ZERO;
		this.backoffMax = Duration.ofMinutes(2);
		this.backoffJitter = Duration.ZERO;
		this.raiseOnStatus = true;
		this.respectRetryAfterHeader = true;
		this.retryAfterMax = DEFAULT_RETRY_AFTER_MAX;
		this.budget = null;
	}

	private Retry(Builder builder) {
		this.total = builder.total;
		this.connect = builder.connect;
		this.read = builder.read;
		this.redirect = builder.redirect;
		this.status = builder.status;
		this.other = builder.other;
		this.raiseReadErrors = builder.raiseReadErrors;
		this.allowedMethods = (builder.allowedMethods != null) ? Set.copyOf(builder.allowedMethods) : null;
		this.statusForcelist = Set.copyOf(builder.statusForcelist);
		this.backoffFactor = builder.backoffFactor;
		this.backoffMax = builder.backoffMax;
		this.backoffJitter = builder.backoffJitter;
		this.raiseOnStatus = builder.raiseOnStatus;
		this.respectRetryAfterHeader = builder.respectRetryAfterHeader;
		this.retryAfterMax = builder.retryAfterMax;
		this.budget = builder.budget;
	}

	/**
	 * Returns the policy without retries, the default of an adapter.
	 * @return the policy
	 */
	public static Retry none() {
		return NONE;
	}

	/**
	 * Returns a policy with a number of retries of any kind. Statuses are not retried,
	 * except 413, 429 and 503 with a Retry-After.
	 * @param total the number of retries; 0 for none
	 * @return the policy
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static Retry of(int total) {
		return (total == 0) ? NONE : builder().total(total).build();
	}

	/**
	 * Returns a builder with urllib3's defaults: 10 retries, no statuses, no backoff.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder(NONE).total(10);
	}

	/**
	 * Returns a builder with the settings of this policy.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Returns the total number of retries.
	 * @return the number, or {@code null} if only the counters of each kind apply, and
	 * kinds without a counter are not retried
	 */
	public @Nullable Integer total() {
		return this.total;
	}

	/**
	 * Returns how often connect errors are retried.
	 * @return the number, or {@code null} if the total decides
	 */
	public @Nullable Integer connect() {
		return this.connect;
	}

	/**
	 * Returns how often broken connections and read timeouts are retried.
	 * @return the number, or {@code null} if the total decides
	 */
	public @Nullable Integer read() {
		return this.read;
	}

	/**
	 * Returns the number of redirects. It has no effect, because sessions follow
	 * redirects and adapters do not.
	 * @return the number, or {@code null} if the total decides
	 */
	public @Nullable Integer redirect() {
		return this.redirect;
	}

	/**
	 * Returns how often statuses are retried.
	 * @return the number, or {@code null} if the total decides
	 */
	public @Nullable Integer status() {
		return this.status;
	}

	/**
	 * Returns how often other errors, such as TLS errors, are retried. If the request may
	 * have been sent, they are retried only for the {@link #allowedMethods()}.
	 * @return the number, or {@code null} if the total decides
	 */
	public @Nullable Integer other() {
		return this.other;
	}

	/**
	 * Returns the methods that may be sent again after a request may have reached the
	 * server. If they are the default ones, any request with an {@code Idempotency-Key}
	 * may be sent again too.
	 * @return the methods in upper case, or {@code null} for every method
	 */
	public @Nullable Set<String> allowedMethods() {
		return this.allowedMethods;
	}

	/**
	 * Returns the statuses that are retried.
	 * @return the statuses, empty by default
	 */
	public Set<Integer> statusForcelist() {
		return this.statusForcelist;
	}

	/**
	 * Returns the backoff factor. There is no pause before the first retry; later pauses
	 * are twice the factor, four times the factor, and so on.
	 * @return the factor, zero by default
	 */
	public Duration backoffFactor() {
		return this.backoffFactor;
	}

	/**
	 * Returns the limit for a pause.
	 * @return the limit, 120 seconds by default
	 */
	public Duration backoffMax() {
		return this.backoffMax;
	}

	/**
	 * Returns the maximum random time that is added to a pause.
	 * @return the jitter, zero by default
	 */
	public Duration backoffJitter() {
		return this.backoffJitter;
	}

	/**
	 * Returns whether a {@link io.github.requests4j.http.RetryException} is thrown if no
	 * retries are left for a status, instead of returning the last response.
	 * @return {@code true} by default
	 */
	public boolean raiseOnStatus() {
		return this.raiseOnStatus;
	}

	/**
	 * Returns whether Retry-After is respected. If so, 413, 429 and 503 with this header
	 * are retried while the total lasts.
	 * @return {@code true} by default
	 */
	public boolean respectRetryAfterHeader() {
		return this.respectRetryAfterHeader;
	}

	/**
	 * Returns the limit for the pause that a server can request with Retry-After. Longer
	 * pauses are reduced to it.
	 * @return the limit, {@link #DEFAULT_RETRY_AFTER_MAX} by default
	 */
	public Duration retryAfterMax() {
		return this.retryAfterMax;
	}

	/**
	 * Returns the budget that this policy shares with other policies.
	 * @return the budget, or {@code null} if only the counters limit the retries
	 */
	public @Nullable RetryBudget budget() {
		return this.budget;
	}

	boolean raisesReadErrors() {
		return this.raiseReadErrors;
	}

	/**
	 * Returns whether a request may be sent again after it may have reached the server.
	 */
	boolean allows(PreparedRequest request) {
		Set<String> allowed = this.allowedMethods;
		String method = request.method();
		return allowed == null || (method != null && allowed.contains(method))
				|| (request.isRepeatable() && allowed.equals(DEFAULT_ALLOWED_METHODS));
	}

	private List<Object> values() {
		return List.of(Objects.toString(this.total), Objects.toString(this.connect), Objects.toString(this.read),
				Objects.toString(this.redirect), Objects.toString(this.status), Objects.toString(this.other),
				this.raiseReadErrors, (this.allowedMethods != null) ? this.allowedMethods : "any", this.statusForcelist,
				this.backoffFactor, this.backoffMax, this.backoffJitter, this.raiseOnStatus,
				this.respectRetryAfterHeader, this.retryAfterMax, Objects.requireNonNullElse(this.budget, "none"));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Retry that && values().equals(that.values()));
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	@Override
	public String toString() {
		return "Retry[total=" + this.total + ", connect=" + this.connect + ", read=" + this.read + ", redirect="
				+ this.redirect + ", status=" + this.status + ", statusForcelist=" + this.statusForcelist + "]";
	}

	/**
	 * Builds a {@link Retry}. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Integer total;

		private @Nullable Integer connect;

		private @Nullable Integer read;

		private @Nullable Integer redirect;

		private @Nullable Integer status;

		private @Nullable Integer other;

		private boolean raiseReadErrors;

		private @Nullable Set<String> allowedMethods;

		private Set<Integer> statusForcelist;

		private Duration backoffFactor;

		private Duration backoffMax;

		private Duration backoffJitter;

		private boolean raiseOnStatus;

		private boolean respectRetryAfterHeader;

		private Duration retryAfterMax;

		private @Nullable RetryBudget budget;

		private Builder(Retry retry) {
			this.total = retry.total;
			this.connect = retry.connect;
			this.read = retry.read;
			this.redirect = retry.redirect;
			this.status = retry.status;
			this.other = retry.other;
			this.raiseReadErrors = retry.raiseReadErrors;
			this.allowedMethods = retry.allowedMethods;
			this.statusForcelist = retry.statusForcelist;
			this.backoffFactor = retry.backoffFactor;
			this.backoffMax = retry.backoffMax;
			this.backoffJitter = retry.backoffJitter;
			this.raiseOnStatus = retry.raiseOnStatus;
			this.respectRetryAfterHeader = retry.respectRetryAfterHeader;
			this.retryAfterMax = retry.retryAfterMax;
			this.budget = retry.budget;
		}

		/**
		 * Sets the total number of retries.
		 * @param count the number; {@code null} to use only the counters of each kind,
		 * and not to retry kinds without a counter
		 * @return this builder
		 */
		public Builder total(@Nullable Integer count) {
			this.total = notNegative("total", count);
			this.raiseReadErrors = false;
			return this;
		}

		/**
		 * Sets how often connect errors are retried.
		 * @param count the number; {@code null} to let the total decide
		 * @return this builder
		 */
		public Builder connect(@Nullable Integer count) {
			this.connect = notNegative("connect", count);
			return this;
		}

		/**
		 * Sets how often broken connections and read timeouts are retried.
		 * @param count the number; {@code null} to let the total decide
		 * @return this builder
		 */
		public Builder read(@Nullable Integer count) {
			this.read = notNegative("read", count);
			this.raiseReadErrors = false;
			return this;
		}

		/**
		 * Sets the number of redirects. It has no effect, because sessions follow
		 * redirects.
		 * @param count the number; {@code null} to let the total decide
		 * @return this builder
		 */
		public Builder redirect(@Nullable Integer count) {
			this.redirect = notNegative("redirect", count);
			return this;
		}

		/**
		 * Sets how often statuses are retried.
		 * @param count the number; {@code null} to let the total decide
		 * @return this builder
		 */
		public Builder status(@Nullable Integer count) {
			this.status = notNegative("status", count);
			return this;
		}

		/**
		 * Sets how often other errors are retried.
		 * @param count the number; {@code null} to let the total decide
		 * @return this builder
		 */
		public Builder other(@Nullable Integer count) {
			this.other = notNegative("other", count);
			return this;
		}

		/**
		 * Sets the methods that may be sent again after a request may have reached the
		 * server. If POST is one of them, a server may process a request twice. By
		 * default they are the idempotent ones, and any request with an
		 * {@code Idempotency-Key}.
		 * @param methods the methods, in upper or lower case; empty for none,
		 * {@code null} for every method
		 * @return this builder
		 */
		public Builder allowedMethods(@Nullable Collection<String> methods) {
			if (methods == null) {
				this.allowedMethods = null;
				return this;
			}
			Set<String> upper = new LinkedHashSet<>();
			methods.forEach((method) -> upper.add(method.toUpperCase(Locale.ROOT)));
			this.allowedMethods = upper;
			return this;
		}

		/**
		 * Sets the statuses that are retried.
		 * @param statuses the statuses
		 * @return this builder
		 */
		public Builder statusForcelist(int... statuses) {
			Set<Integer> set = new LinkedHashSet<>();
			for (int next : statuses) {
				set.add(next);
			}
			this.statusForcelist = set;
			return this;
		}

		/**
		 * Sets the statuses that are retried.
		 * @param statuses the statuses
		 * @return this builder
		 */
		public Builder statusForcelist(Collection<Integer> statuses) {
			this.statusForcelist = Set.copyOf(statuses);
			return this;
		}

		/**
		 * Sets the backoff factor.
		 * @param factor the factor; zero for no pauses
		 * @return this builder
		 */
		public Builder backoffFactor(Duration factor) {
			this.backoffFactor = notNegative("backoffFactor", factor);
			return this;
		}

		/**
		 * Sets the limit for a pause.
		 * @param limit the limit
		 * @return this builder
		 */
		public Builder backoffMax(Duration limit) {
			this.backoffMax = notNegative("backoffMax", limit);
			return this;
		}

		/**
		 * Sets the maximum random time that is added to a pause.
		 * @param jitter the jitter
		 * @return this builder
		 */
		public Builder backoffJitter(Duration jitter) {
			this.backoffJitter = notNegative("backoffJitter", jitter);
			return this;
		}

		/**
		 * Sets whether an exception is thrown if no retries are left for a status.
		 * @param raise {@code false} to return the last response instead
		 * @return this builder
		 */
		public Builder raiseOnStatus(boolean raise) {
			this.raiseOnStatus = raise;
			return this;
		}

		/**
		 * Sets whether Retry-After is respected.
		 * @param respect {@code false} to ignore the header
		 * @return this builder
		 */
		public Builder respectRetryAfterHeader(boolean respect) {
			this.respectRetryAfterHeader = respect;
			return this;
		}

		/**
		 * Sets the limit for the pause that a server can request with Retry-After. Longer
		 * pauses are reduced to it.
		 * @param limit the limit, not negative; six hours by default
		 * @return this builder
		 * @throws IllegalArgumentException if the limit is negative
		 */
		public Builder retryAfterMax(Duration limit) {
			this.retryAfterMax = notNegative("retryAfterMax", limit);
			return this;
		}

		/**
		 * Sets the budget. A retry that the counters allow takes place only if the budget
		 * allows it too. Otherwise the call ends as if no retries were left, except that
		 * an error keeps its type.
		 * @param budget the budget, which other policies may share; {@code null} for
		 * none, the default
		 * @return this builder
		 */
		public Builder budget(@Nullable RetryBudget budget) {
			this.budget = budget;
			return this;
		}

		private static @Nullable Integer notNegative(String name, @Nullable Integer count) {
			if (count != null && count < 0) {
				throw new IllegalArgumentException(
						"The number of retries '" + name + "' must not be negative: " + count);
			}
			return count;
		}

		private static Duration notNegative(String name, Duration value) {
			if (value.isNegative()) {
				throw new IllegalArgumentException(name + " must not be negative: " + value);
			}
			return value;
		}

		/**
		 * Builds the policy.
		 * @return the policy
		 */
		public Retry build() {
			return new Retry(this);
		}

	}

}
