package io.github.requests4j.http;

import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How a prepared request is sent: everything that is not in the request itself. For
 * {@code Session.send} each setting that is null means "the session's own"; adapters get
 * them filled in. Immutable. <pre>{@code
 * SendOptions once = SendOptions.of((options) -> options.allowRedirects(false).timeout(Duration.ofSeconds(1)));
 * Response response = session.send(request, once);
 * }</pre>
 *
 * @param stream whether the body is left unread for the caller to stream; {@code null} if
 * not set
 * @param allowRedirects whether redirects are followed; {@code null} if not set
 * @param timeouts the limits for connecting and reading; {@code null} if not set
 * @param verify how certificates of servers are checked; {@code null} if not set, which
 * for an adapter means checking with its own material
 * @param cert the client's own certificate; {@code null} if not set
 * @param proxies the proxies; {@code null} if not set
 * @param deadline when the whole call must be over; {@code null} for no limit
 * @param progress the listener for the progress of bodies; {@code null} for none
 * @param context who makes the call
 * @param kind why this hop is sent
 */
public record SendOptions(@Nullable Boolean stream, @Nullable Boolean allowRedirects, @Nullable Timeouts timeouts,
		@Nullable Verify verify, @Nullable ClientCert cert, @Nullable Proxies proxies, @Nullable Deadline deadline,
		@Nullable ProgressListener progress, CallContext context, Exchange.Kind kind) {

	/** Nothing set. */
	public static final SendOptions DEFAULTS = new SendOptions(null, null, null, null, null, null, null, null,
			CallContext.NONE, Exchange.Kind.FIRST);

	/**
	 * Checks what must not be null.
	 * @param stream whether the body is left unread
	 * @param allowRedirects whether redirects are followed
	 * @param timeouts the limits for connecting and reading
	 * @param verify how certificates of servers are checked
	 * @param cert the client's own certificate
	 * @param proxies the proxies
	 * @param deadline when the whole call must be over
	 * @param progress the listener for the progress of bodies
	 * @param context who makes the call
	 * @param kind why this hop is sent
	 */
	public SendOptions {
		Objects.requireNonNull(context, "context");
		Objects.requireNonNull(kind, "kind");
	}

	/**
	 * Creates options from the same settings that a call takes. A deadline starts now.
	 * @param settings sets how the request is sent
	 * @return the options
	 * @throws IllegalArgumentException if they set what is in the request, such as a
	 * header, since that is prepared before
	 */
	public static SendOptions of(Consumer<RequestOptions> settings) {
		RequestOptions options = new RequestOptions();
		settings.accept(options);
		options.requireSendOnly();
		return options.toSendOptions();
	}

	/**
	 * Fills in what is not set here. Proxies are filled in key by key.
	 * @param defaults the options to take it from
	 * @return the merged options, of the kind of these
	 */
	public SendOptions orElse(SendOptions defaults) {
		if (isSame(defaults, DEFAULTS)) {
			return this;
		}
		if (isSame(this, DEFAULTS) && defaults.kind == Exchange.Kind.FIRST) {
			return defaults;
		}
		Proxies merged = (this.proxies != null && defaults.proxies != null) ? this.proxies.orElse(defaults.proxies)
				: first(this.proxies, defaults.proxies);
		return new SendOptions(first(this.stream, defaults.stream), first(this.allowRedirects, defaults.allowRedirects),
				first(this.timeouts, defaults.timeouts), first(this.verify, defaults.verify),
				first(this.cert, defaults.cert), merged, first(this.deadline, defaults.deadline),
				first(this.progress, defaults.progress),
				isSame(this.context, CallContext.NONE) ? defaults.context : this.context, this.kind);
	}

	/** Whether nothing changes; equal values that are not the same may be replaced. */
	private static boolean isSame(@Nullable Object one, @Nullable Object other) {
		return one == other;
	}

	private static <T> @Nullable T first(@Nullable T value, @Nullable T other) {
		return (value != null) ? value : other;
	}

	/**
	 * Returns these options for a hop of another kind.
	 * @param kind why the hop is sent
	 * @return the options
	 */
	public SendOptions withKind(Exchange.Kind kind) {
		return (this.kind == kind) ? this : new SendOptions(this.stream, this.allowRedirects, this.timeouts,
				this.verify, this.cert, this.proxies, this.deadline, this.progress, this.context, kind);
	}

	/**
	 * Returns these options with other proxies.
	 * @param proxies the proxies, or {@code null} for none set
	 * @return the options
	 */
	public SendOptions withProxies(@Nullable Proxies proxies) {
		return isSame(this.proxies, proxies) ? this : new SendOptions(this.stream, this.allowRedirects, this.timeouts,
				this.verify, this.cert, proxies, this.deadline, this.progress, this.context, this.kind);
	}

	/**
	 * Returns these options with other checks of certificates.
	 * @param verify how certificates are checked, or {@code null} for not set
	 * @return the options
	 */
	public SendOptions withVerify(@Nullable Verify verify) {
		return isSame(this.verify, verify) ? this : new SendOptions(this.stream, this.allowRedirects, this.timeouts,
				verify, this.cert, this.proxies, this.deadline, this.progress, this.context, this.kind);
	}

	/**
	 * Returns these options with another deadline.
	 * @param deadline when the whole call must be over, or {@code null} for no limit
	 * @return the options
	 */
	public SendOptions withDeadline(@Nullable Deadline deadline) {
		return isSame(this.deadline, deadline) ? this : new SendOptions(this.stream, this.allowRedirects, this.timeouts,
				this.verify, this.cert, this.proxies, deadline, this.progress, this.context, this.kind);
	}

	/**
	 * Returns these options for another caller.
	 * @param context who makes the call
	 * @return the options
	 */
	public SendOptions withContext(CallContext context) {
		return isSame(this.context, context) ? this : new SendOptions(this.stream, this.allowRedirects, this.timeouts,
				this.verify, this.cert, this.proxies, this.deadline, this.progress, context, this.kind);
	}

}
