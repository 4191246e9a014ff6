package io.github.requests4j.http;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call: what listeners need to name it. Immutable.
 *
 * @param session the name of the session, or {@code null} when it has none
 * @param client the name of the interface client, or {@code null} when the session was
 * called directly
 * @param uriTemplate the URI template before its variables were filled in, or
 * {@code null}
 * @param listeners the listeners to tell of each exchange
 */
public record CallContext(@Nullable String session, @Nullable String client, @Nullable String uriTemplate,
		List<ExchangeListener> listeners) {

	/** Nobody in particular, and nobody listening. */
	public static final CallContext NONE = new CallContext(null, null, null, List.of());

	/**
	 * Copies the list.
	 * @param session the name of the session, or {@code null} when it has none
	 * @param client the name of the interface client, or {@code null} when the session
	 * was called directly
	 * @param uriTemplate the URI template before its variables were filled in, or
	 * {@code null}
	 * @param listeners the listeners to tell of each exchange
	 */
	public CallContext {
		listeners = List.copyOf(listeners);
	}

	/**
	 * The same call seen by these listeners.
	 * @param listeners the listeners
	 * @return the context
	 */
	public CallContext withListeners(List<ExchangeListener> listeners) {
		return new CallContext(this.session, this.client, this.uriTemplate,
				Objects.requireNonNull(listeners, "listeners"));
	}

}
