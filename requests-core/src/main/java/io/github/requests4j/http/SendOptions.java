package io.github.requests4j.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The options that determine how a prepared request is sent. In {@code Session.send}, a
 * null setting means that of the session; adapters receive the merged settings.
 * Immutable. <pre>{@code
 * SendOptions once = SendOptions.of((options) -> options.allowRedirects(false).timeout(Duration.ofSeconds(1)));
 * Response response = session.send(request, once);
 * }</pre>
 *
 * @param stream whether the caller streams the body; {@code null} if not set
 * @param allowRedirects whether redirects are followed; {@code null} if not set
 * @param timeouts the limits for connecting and reading; {@code null} if not set
 * @param verify how server certificates are verified; {@code null} if not set, in which
 * case an adapter uses its own TLS material
 * @param cert the client certificate; {@code null} if not set
 * @param proxies the proxies; {@code null} if not set
 * @param deadline the deadline of the whole call; {@code null} for no limit
 * @param progress the listener for the progress of bodies; {@code null} for none
 * @param cache whether a cache may answer and store responses; {@code null} if not set,
 * which means that it may
 * @param attributes what adapters and interceptors read for this call, by its class
 * @param context the origin of the call
 * @param kind the reason for this hop
 */
public record SendOptions(@Nullable Boolean stream, @Nullable Boolean allowRedirects, @Nullable Timeouts timeouts,
		@Nullable Verify verify, @Nullable ClientCert cert, @Nullable Proxies proxies, @Nullable Deadline deadline,
		@Nullable ProgressListener progress, @Nullable Boolean cache, Map<Class<?>, Object> attributes,
		CallContext context, Exchange.Kind kind) {

	/** Options without any settings. */
	public static final SendOptions DEFAULTS = new SendOptions(null, null, null, null, null, null, null, null, null,
			Map.of(), CallContext.NONE, Exchange.Kind.FIRST);

	/**
	 * Creates options.
	 * @param stream whether the caller streams the body
	 * @param allowRedirects whether redirects are followed
	 * @param timeouts the limits for connecting and reading
	 * @param verify how server certificates are verified
	 * @param cert the client certificate
	 * @param proxies the proxies
	 * @param deadline the deadline of the whole call
	 * @param progress the listener for the progress of bodies
	 * @param cache whether a cache may answer and store responses
	 * @param attributes what adapters and interceptors read for this call; copied
	 * @param context the origin of the call
	 * @param kind the reason for this hop
	 */
	public SendOptions {
		attributes = Map.copyOf(attributes);
		Objects.requireNonNull(context, "context");
		Objects.requireNonNull(kind, "kind");
	}

	/**
	 * Creates options with the methods of a call's options. A deadline starts now.
	 * @param settings sets the options
	 * @return the options
	 * @throws IllegalArgumentException if they include parts of the request, such as a
	 * header
	 */
	public static SendOptions of(Consumer<RequestOptions> settings) {
		RequestOptions options = new RequestOptions();
		settings.accept(options);
		options.requireSendOnly();
		return options.toSendOptions();
	}

	/**
	 * Returns these options with defaults for those that are not set. Proxies and
	 * attributes are merged key by key.
	 * @param defaults the default options
	 * @return the merged options, with the kind of these options
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
				first(this.progress, defaults.progress), first(this.cache, defaults.cache),
				merged(this.attributes, defaults.attributes),
				isSame(this.context, CallContext.NONE) ? defaults.context : this.context, this.kind);
	}

	/** Returns whether two values are identical. Equal values may be replaced. */
	private static boolean isSame(@Nullable Object one, @Nullable Object other) {
		return one == other;
	}

	private static Map<Class<?>, Object> merged(Map<Class<?>, Object> own, Map<Class<?>, Object> defaults) {
		if (own.isEmpty() || defaults.isEmpty()) {
			return own.isEmpty() ? defaults : own;
		}
		Map<Class<?>, Object> all = new HashMap<>(defaults);
		all.putAll(own);
		return all;
	}

	private static <T> @Nullable T first(@Nullable T value, @Nullable T other) {
		return (value != null) ? value : other;
	}

	/**
	 * Returns these options for a hop of another kind.
	 * @param kind the reason for the hop
	 * @return the options
	 */
	public SendOptions withKind(Exchange.Kind kind) {
		return (this.kind == kind) ? this
				: new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, this.proxies,
						this.deadline, this.progress, this.cache, this.attributes, this.context, kind);
	}

	/**
	 * Returns these options with other proxies.
	 * @param proxies the proxies, or {@code null} for none set
	 * @return the options
	 */
	public SendOptions withProxies(@Nullable Proxies proxies) {
		return isSame(this.proxies, proxies) ? this
				: new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, proxies,
						this.deadline, this.progress, this.cache, this.attributes, this.context, this.kind);
	}

	/**
	 * Returns these options with another setting for certificate verification.
	 * @param verify the setting, or {@code null} for not set
	 * @return the options
	 */
	public SendOptions withVerify(@Nullable Verify verify) {
		return isSame(this.verify, verify) ? this
				: new SendOptions(this.stream, this.allowRedirects, this.timeouts, verify, this.cert, this.proxies,
						this.deadline, this.progress, this.cache, this.attributes, this.context, this.kind);
	}

	/**
	 * Returns these options with another deadline.
	 * @param deadline the deadline of the whole call, or {@code null} for no limit
	 * @return the options
	 */
	public SendOptions withDeadline(@Nullable Deadline deadline) {
		return isSame(this.deadline, deadline) ? this
				: new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, this.proxies,
						deadline, this.progress, this.cache, this.attributes, this.context, this.kind);
	}

	/**
	 * Returns these options with another context.
	 * @param context the origin of the call
	 * @return the options
	 */
	public SendOptions withContext(CallContext context) {
		return isSame(this.context, context) ? this
				: new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, this.proxies,
						this.deadline, this.progress, this.cache, this.attributes, context, this.kind);
	}

	/**
	 * Returns an attribute of the call.
	 * @param <T> the type of the attribute
	 * @param type the class that the attribute was set for
	 * @return the attribute, or {@code null} if there is none
	 */
	public <T> @Nullable T attribute(Class<T> type) {
		return this.attributes.isEmpty() ? null : type.cast(this.attributes.get(type));
	}

	/**
	 * Returns these options with another attribute.
	 * @param <T> the type of the attribute
	 * @param type the class to set the attribute for
	 * @param value the attribute, or {@code null} to remove it
	 * @return the options
	 */
	public <T> SendOptions withAttribute(Class<T> type, @Nullable T value) {
		if (isSame(this.attributes.get(type), value)) {
			return this;
		}
		Map<Class<?>, Object> changed = new HashMap<>(this.attributes);
		if (value != null) {
			changed.put(type, value);
		}
		else {
			changed.remove(type);
		}
		return new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert, this.proxies,
				this.deadline, this.progress, this.cache, changed, this.context, this.kind);
	}

}
