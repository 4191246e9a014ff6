package io.github.requests4j.http;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a prepared request is sent: everything about the journey that is not in the request
 * itself (behaviour 14). For {@code Session.send} each setting that is left out means
 * "the session's own" (behaviour 17); adapters get them filled in. Immutable; the
 * {@code with} methods give changed copies. <pre>{@code
 * SendOptions once = SendOptions.builder().allowRedirects(false).timeouts(Timeouts.of(Duration.ofSeconds(1))).build();
 * Response response = session.send(request, once);
 * }</pre>
 */
public final class SendOptions {

	/** Nothing set. */
	public static final SendOptions DEFAULTS = new SendOptions(new Builder());

	private final @Nullable Boolean stream;

	private final @Nullable Boolean allowRedirects;

	private final @Nullable Timeouts timeouts;

	private final @Nullable Verify verify;

	private final @Nullable ClientCert cert;

	private final @Nullable Proxies proxies;

	private final @Nullable Deadline deadline;

	private final @Nullable ProgressListener progress;

	private final CallContext context;

	private final Exchange.Kind kind;

	private SendOptions(Builder builder) {
		this.stream = builder.stream;
		this.allowRedirects = builder.allowRedirects;
		this.timeouts = builder.timeouts;
		this.verify = builder.verify;
		this.cert = builder.cert;
		this.proxies = builder.proxies;
		this.deadline = builder.deadline;
		this.progress = builder.progress;
		this.context = builder.context;
		this.kind = builder.kind;
	}

	/**
	 * Starts with nothing set.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts with what is set here.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Whether the body is left unread for the caller to stream.
	 * @return the setting, or {@code null} if not set
	 */
	public @Nullable Boolean stream() {
		return this.stream;
	}

	/**
	 * Whether redirects are followed.
	 * @return the setting, or {@code null} if not set
	 */
	public @Nullable Boolean allowRedirects() {
		return this.allowRedirects;
	}

	/**
	 * The limits for connecting and reading.
	 * @return the timeouts, or {@code null} if not set
	 */
	public @Nullable Timeouts timeouts() {
		return this.timeouts;
	}

	/**
	 * How certificates of servers are checked.
	 * @return the setting, or {@code null} if not set, which for an adapter means
	 * checking with its own material
	 */
	public @Nullable Verify verify() {
		return this.verify;
	}

	/**
	 * The client's own certificate.
	 * @return the certificate, or {@code null} if not set
	 */
	public @Nullable ClientCert cert() {
		return this.cert;
	}

	/**
	 * The proxies.
	 * @return the proxies, or {@code null} if not set
	 */
	public @Nullable Proxies proxies() {
		return this.proxies;
	}

	/**
	 * When the whole call must be over.
	 * @return the deadline, or {@code null} if not set
	 */
	public @Nullable Deadline deadline() {
		return this.deadline;
	}

	/**
	 * Who is told of the progress of bodies.
	 * @return the listener, or {@code null} for nobody
	 */
	public @Nullable ProgressListener progress() {
		return this.progress;
	}

	/**
	 * Who makes the call.
	 * @return the context
	 */
	public CallContext context() {
		return this.context;
	}

	/**
	 * Why this hop is sent.
	 * @return the kind of the exchange
	 */
	public Exchange.Kind kind() {
		return this.kind;
	}

	/**
	 * The same options for a hop of another kind.
	 * @param kind why the hop is sent
	 * @return the options
	 */
	public SendOptions withKind(Exchange.Kind kind) {
		return (this.kind == kind) ? this : toBuilder().kind(kind).build();
	}

	/**
	 * The same options with other proxies.
	 * @param proxies the proxies
	 * @return the options
	 */
	public SendOptions withProxies(Proxies proxies) {
		return toBuilder().proxies(proxies).build();
	}

	/**
	 * Builds {@link SendOptions}. For one thread.
	 */
	public static final class Builder {

		private @Nullable Boolean stream;

		private @Nullable Boolean allowRedirects;

		private @Nullable Timeouts timeouts;

		private @Nullable Verify verify;

		private @Nullable ClientCert cert;

		private @Nullable Proxies proxies;

		private @Nullable Deadline deadline;

		private @Nullable ProgressListener progress;

		private CallContext context = CallContext.NONE;

		private Exchange.Kind kind = Exchange.Kind.FIRST;

		private Builder() {
		}

		private Builder(SendOptions options) {
			this.stream = options.stream;
			this.allowRedirects = options.allowRedirects;
			this.timeouts = options.timeouts;
			this.verify = options.verify;
			this.cert = options.cert;
			this.proxies = options.proxies;
			this.deadline = options.deadline;
			this.progress = options.progress;
			this.context = options.context;
			this.kind = options.kind;
		}

		/**
		 * Sets whether the body is left unread.
		 * @param stream {@code true} to stream; {@code null} for the session's setting
		 * @return this builder
		 */
		public Builder stream(@Nullable Boolean stream) {
			this.stream = stream;
			return this;
		}

		/**
		 * Sets whether redirects are followed.
		 * @param allowRedirects the setting; {@code null} for the session's
		 * @return this builder
		 */
		public Builder allowRedirects(@Nullable Boolean allowRedirects) {
			this.allowRedirects = allowRedirects;
			return this;
		}

		/**
		 * Sets the timeouts.
		 * @param timeouts the timeouts; {@code null} for the session's
		 * @return this builder
		 */
		public Builder timeouts(@Nullable Timeouts timeouts) {
			this.timeouts = timeouts;
			return this;
		}

		/**
		 * Sets how certificates are checked.
		 * @param verify the setting; {@code null} for the session's
		 * @return this builder
		 */
		public Builder verify(@Nullable Verify verify) {
			this.verify = verify;
			return this;
		}

		/**
		 * Sets the client's certificate.
		 * @param cert the certificate; {@code null} for the session's
		 * @return this builder
		 */
		public Builder cert(@Nullable ClientCert cert) {
			this.cert = cert;
			return this;
		}

		/**
		 * Sets the proxies.
		 * @param proxies the proxies; {@code null} for the session's
		 * @return this builder
		 */
		public Builder proxies(@Nullable Proxies proxies) {
			this.proxies = proxies;
			return this;
		}

		/**
		 * Sets when the call must be over.
		 * @param deadline the deadline; {@code null} for the session's
		 * @return this builder
		 */
		public Builder deadline(@Nullable Deadline deadline) {
			this.deadline = deadline;
			return this;
		}

		/**
		 * Sets who is told of progress.
		 * @param progress the listener; {@code null} for nobody
		 * @return this builder
		 */
		public Builder progress(@Nullable ProgressListener progress) {
			this.progress = progress;
			return this;
		}

		/**
		 * Sets who makes the call.
		 * @param context the context
		 * @return this builder
		 */
		public Builder context(CallContext context) {
			this.context = Objects.requireNonNull(context, "context");
			return this;
		}

		/**
		 * Sets why the hop is sent.
		 * @param kind the kind
		 * @return this builder
		 */
		public Builder kind(Exchange.Kind kind) {
			this.kind = Objects.requireNonNull(kind, "kind");
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 */
		public SendOptions build() {
			return new SendOptions(this);
		}

	}

}
