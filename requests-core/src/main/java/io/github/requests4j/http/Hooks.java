package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The hooks of a call: response hooks as in requests and listeners of exchanges.
 * Immutable; the {@code with} methods give changed copies. <pre>{@code
 * Hooks hooks = Hooks.onResponse((response, options) -> {
 *     log.info("{} {}", response.statusCode(), response.url());
 *     return null;
 * });
 * Session session = Session.builder().hooks(hooks).build();
 * }</pre>
 */
public final class Hooks {

	/** The one event that requests knows. */
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
	 * Hooks for responses.
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
					+ "\". The event is \"" + RESPONSE + "\"; for the others there is ExchangeListener.");
		}
	}

	/**
	 * These hooks and one more at the end.
	 * @param hook the hook
	 * @return the hooks
	 */
	public Hooks with(ResponseHook hook) {
		return new Hooks(append(this.responseHooks, hook), this.listeners);
	}

	/**
	 * These hooks and one more listener.
	 * @param listener the listener
	 * @return the hooks
	 */
	public Hooks with(ExchangeListener listener) {
		return new Hooks(this.responseHooks, append(this.listeners, listener));
	}

	/**
	 * These hooks without the first that equals the given one.
	 * @param hook the hook to leave out
	 * @return the hooks; the same object when the hook is not among them
	 */
	public Hooks without(ResponseHook hook) {
		List<ResponseHook> left = new ArrayList<>(this.responseHooks);
		return left.remove(hook) ? new Hooks(List.copyOf(left), this.listeners) : this;
	}

	/**
	 * These hooks and behind them others.
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
	 * Merges the session's hooks into a request's: the request's response hooks replace
	 * the session's if there are any; listeners are of the session and always stay.
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
	 * The hooks for responses.
	 * @return the hooks in their order, not to be changed
	 */
	public List<ResponseHook> responseHooks() {
		return this.responseHooks;
	}

	/**
	 * The listeners of exchanges.
	 * @return the listeners in their order, not to be changed
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
	 * Calls the response hooks in order; each sees what the one before it returned. A
	 * response that a hook replaces is closed when the replacement is, which may read
	 * from it, unless the hook has put it into the history of the replacement. If one
	 * throws, the connection of the response that it saw is freed. Where bodies are not
	 * streamed, that of an error status is read before, as the session would have done,
	 * so that the content is there for a caller who catches what
	 * {@link Response#raiseForStatus()} threw in a hook.
	 * @param response the response of this hop
	 * @param options the options of this hop
	 * @return the response to go on with
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
			// What the hook has thrown matters more; and may be this very error.
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
