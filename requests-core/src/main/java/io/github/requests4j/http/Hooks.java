package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The hooks of a call: response hooks as in requests, and exchange listeners. Immutable;
 * the {@code with} methods return changed copies. <pre>{@code
 * Hooks hooks = Hooks.onResponse((response, options) -> {
 *     log.info("{} {}", response.statusCode(), response.url());
 *     return null;
 * });
 * Session session = Session.builder().hooks(hooks).build();
 * }</pre>
 */
public final class Hooks {

	/** The only event that requests supports. */
	public static final String RESPONSE = "response";

	/** No hooks. */
	public static final Hooks NONE = new Hooks(List.of(), List.of());

	private final List<ResponseHook> responseHooks;

	private final List<ExchangeListener> listeners;

	private Hooks(List<ResponseHook> responseHooks, List<ExchangeListener> listeners) {
		this.responseHooks = responseHooks;
		this.listeners = listeners;
	}

	/**
	 * Returns hooks for responses.
	 * @param hooks the hooks, in the order in which they are called
	 * @return the hooks
	 */
	public static Hooks onResponse(ResponseHook... hooks) {
		return new Hooks(List.of(hooks), List.of());
	}

	/**
	 * Checks the name of an event.
	 * @param event the name
	 * @throws IllegalArgumentException if it is not {@code "response"}
	 */
	public static void checkEvent(String event) {
		if (!RESPONSE.equals(event)) {
			throw new IllegalArgumentException("Unsupported event specified, with event name \"" + event
					+ "\". The event is \"" + RESPONSE + "\"; use an ExchangeListener for others.");
		}
	}

	/**
	 * Returns these hooks followed by one more.
	 * @param hook the hook
	 * @return the hooks
	 */
	public Hooks with(ResponseHook hook) {
		return new Hooks(append(this.responseHooks, hook), this.listeners);
	}

	/**
	 * Returns these hooks with one more listener.
	 * @param listener the listener
	 * @return the hooks
	 */
	public Hooks with(ExchangeListener listener) {
		return new Hooks(this.responseHooks, append(this.listeners, listener));
	}

	/**
	 * Returns these hooks without the first one that equals a hook.
	 * @param hook the hook to remove
	 * @return the hooks; this object if it does not contain the hook
	 */
	public Hooks without(ResponseHook hook) {
		List<ResponseHook> left = new ArrayList<>(this.responseHooks);
		return left.remove(hook) ? new Hooks(List.copyOf(left), this.listeners) : this;
	}

	/**
	 * Returns these hooks followed by others.
	 * @param others the hooks that are called after these
	 * @return the hooks
	 */
	public Hooks followedBy(Hooks others) {
		if (isEmpty()) {
			return others;
		}
		return others.isEmpty() ? this
				: new Hooks(concat(this.responseHooks, others.responseHooks), concat(this.listeners, others.listeners));
	}

	private boolean isEmpty() {
		return this.responseHooks.isEmpty() && this.listeners.isEmpty();
	}

	/**
	 * Returns these hooks of a request merged with those of the session. The response
	 * hooks of the request replace those of the session, if there are any. Listeners of
	 * the session always stay.
	 * @param session the session's hooks
	 * @return the hooks of the call
	 */
	public Hooks orElse(Hooks session) {
		if (this == NONE || this.equals(session)) {
			return session;
		}
		List<ResponseHook> hooks = this.responseHooks.isEmpty() ? session.responseHooks : this.responseHooks;
		List<ExchangeListener> all = this.listeners.isEmpty() ? session.listeners : this.listeners;
		return new Hooks(hooks, all);
	}

	/**
	 * Returns the response hooks.
	 * @return the hooks in order; unmodifiable
	 */
	public List<ResponseHook> responseHooks() {
		return this.responseHooks;
	}

	/**
	 * Returns the exchange listeners.
	 * @return the listeners in order; unmodifiable
	 */
	public List<ExchangeListener> listeners() {
		return this.listeners;
	}

	/**
	 * Calls the response hooks in order before a hop is sent.
	 * @param request the request of this hop, which they may change
	 * @param options the options of this hop
	 */
	public void beforeSend(PreparedRequest request, SendOptions options) {
		for (int i = 0; i < this.responseHooks.size(); i++) {
			this.responseHooks.get(i).beforeSend(request, options);
		}
	}

	/**
	 * Calls the response hooks in order when a redirect is followed.
	 * @param next the request of the next hop, which they may change
	 */
	public void onRedirect(PreparedRequest next) {
		for (int i = 0; i < this.responseHooks.size(); i++) {
			this.responseHooks.get(i).onRedirect(next);
		}
	}

	/**
	 * Calls the response hooks in order; each receives the result of the previous one. A
	 * replaced response is closed together with its replacement, which may read from it,
	 * unless it is in the history of the replacement. If a hook throws, the connection of
	 * its response is released. Unless bodies are streamed, the body of an error response
	 * is read first, so that callers can read it if {@link Response#raiseForStatus()}
	 * throws in a hook.
	 * @param response the response of this hop
	 * @param options the options of this hop
	 * @return the response to continue with
	 */
	public Response dispatch(Response response, SendOptions options) {
		Response current = response;
		for (ResponseHook hook : this.responseHooks) {
			Response replacement = call(hook, current, options);
			if (replacement != null && replacement != current && !replacement.history().contains(current)) {
				replacement.alsoClose(current);
			}
			current = (replacement != null) ? replacement : current;
		}
		return current;
	}

	private static @Nullable Response call(ResponseHook hook, Response response, SendOptions options) {
		try {
			return hook.onResponse(response, options);
		}
		catch (RuntimeException | Error ex) {
			if (ex instanceof RuntimeException && !response.ok() && !Boolean.TRUE.equals(options.stream())) {
				keepContent(response, ex);
			}
			response.close();
			throw ex;
		}
	}

	private static void keepContent(Response response, Throwable error) {
		try {
			response.content();
		}
		catch (RuntimeException ex) {
			// The exception of the hook is more important, and may be this one.
			if (ex != error) {
				error.addSuppressed(ex);
			}
		}
	}

	private static <T> List<T> concat(List<T> first, List<T> second) {
		List<T> all = new ArrayList<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

	private static <T> List<T> append(List<T> list, T item) {
		List<T> longer = new ArrayList<>(list);
		longer.add(Objects.requireNonNull(item, "hook"));
		return List.copyOf(longer);
	}

}
