package io.github.requests4j.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the origin of a call for listeners. Immutable.
 *
 * @param session the name of the session, or {@code null} if it has none
 * @param client the name of the interface client, or {@code null} if the session was
 * called directly
 * @param uriTemplate the URI template before its variables were expanded, or {@code null}
 * if there is none or a redirect led to another URL
 * @param listeners the listeners that are notified of each exchange
 */
public record CallContext(@Nullable String session, @Nullable String client, @Nullable String uriTemplate,
		List<ExchangeListener> listeners) {

	/** No names and no listeners. */
	public static final CallContext NONE = new CallContext(null, null, null, List.of());

	/**
	 * Creates a context with a copy of the list.
	 * @param session the name of the session, or {@code null} if it has none
	 * @param client the name of the interface client, or {@code null} if the session was
	 * called directly
	 * @param uriTemplate the URI template before its variables were expanded, or
	 * {@code null}
	 * @param listeners the listeners that are notified of each exchange
	 */
	public CallContext {
		listeners = List.copyOf(listeners);
	}

	/**
	 * Returns this context with other listeners.
	 * @param listeners the listeners
	 * @return the context
	 */
	public CallContext withListeners(List<ExchangeListener> listeners) {
		return new CallContext(this.session, this.client, this.uriTemplate, listeners);
	}

	/**
	 * Returns this context without a URI template, for a hop to another URL.
	 * @return the context
	 */
	public CallContext withoutUriTemplate() {
		return (this.uriTemplate != null) ? new CallContext(this.session, this.client, null, this.listeners) : this;
	}

	/**
	 * Returns this client and URI template with the name and listeners of a session.
	 * @param session the context of the session
	 * @return the context; that of the session if neither client nor template is set
	 */
	public CallContext within(CallContext session) {
		return (this.client == null && this.uriTemplate == null) ? session
				: new CallContext(session.session, this.client, this.uriTemplate, session.listeners);
	}

}
