package io.github.requests4j.spring.internal.balancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryState;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;

/**
 * Sends each hop to an instance of a service, and to another one if that is possible and
 * the first one fails. Thread-safe.
 */
public final class BalancedAdapter implements Adapter {

	private final Destinations destinations;

	private final Adapter transport;

	private final Retry policy;

	/**
	 * Creates an adapter.
	 * @param destinations the instances
	 * @param transport sends the attempts; mounted separately, so that the session closes
	 * it
	 * @param policy how hops are repeated
	 */
	public BalancedAdapter(Destinations destinations, Adapter transport, Retry policy) {
		this.destinations = destinations;
		this.transport = transport;
		this.policy = policy;
	}

	/**
	 * Returns the balancers of a session.
	 * @param mounted the adapters that are mounted in the session
	 * @return the balancers among them and in what they wrap, each once
	 */
	public static Set<BalancedAdapter> among(Collection<Adapter> mounted) {
		Set<BalancedAdapter> found = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Adapter adapter : mounted) {
			for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
				if (inner instanceof BalancedAdapter balanced) {
					found.add(balanced);
				}
			}
		}
		return found;
	}

	/**
	 * Returns what a session knows about instances.
	 * @param session the session, or {@code null}
	 * @return the instances of all its balancers
	 */
	public static List<Instance> known(@Nullable Session session) {
		List<Instance> known = new ArrayList<>();
		if (session != null) {
			among(session.adapters().values()).forEach((balanced) -> known.addAll(balanced.instances()));
		}
		return known;
	}

	/**
	 * Returns the states of the instances of a session.
	 * @param mounted the adapters that are mounted in the session
	 * @return the states; empty if the session does not balance
	 */
	public static List<InstanceState> states(Collection<Adapter> mounted) {
		List<Instance> instances = new ArrayList<>();
		among(mounted).forEach((balanced) -> instances.addAll(balanced.instances()));
		double all = 0;
		for (Instance instance : instances) {
			all += instance.recent();
		}
		List<InstanceState> states = new ArrayList<>();
		for (Instance instance : instances) {
			states.add(instance.state(all));
		}
		return states;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		if (!this.destinations.serve(request)) {
			return this.transport.send(request, options);
		}
		try {
			return new Hop(request, options).run();
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			throw ex;
		}
	}

	/**
	 * Uses what another balancer knows about the same instances.
	 * @param known the instances
	 */
	public void adopt(Collection<Instance> known) {
		this.destinations.adopt(known);
	}

	/**
	 * Returns the instances that are known.
	 * @return the instances
	 */
	public Collection<Instance> instances() {
		return this.destinations.instances();
	}

	@Override
	public Adapter delegate() {
		return this.transport;
	}

	/** Does nothing, because the transport is mounted separately. */
	@Override
	public boolean retire() {
		return true;
	}

	/**
	 * Does nothing, because the session closes the transport, which is mounted
	 * separately.
	 */
	@Override
	public void close() {
	}

	@Override
	public String toString() {
		return "BalancedAdapter[" + this.destinations + "]";
	}

	/**
	 * One hop over the instances. An instance that cannot be connected to is skipped,
	 * because nothing was sent. Other failures and statuses are retried according to the
	 * policy. There is a delay only after every instance was tried. Skipping an instance
	 * is not a retry and takes nothing from the budget: if one of two instances is down,
	 * half of the calls skip it, and no server receives more requests. For one thread,
	 * once.
	 */
	private final class Hop {

		private final PreparedRequest request;

		private final SendOptions options;

		/** Whether an instance gets the request at most once. */
		private final boolean onlyElsewhere;

		private final RetryState retries;

		/** Attempts that run at the same time share it, to use different instances. */
		private final Set<String> tried;

		private Duration pause = Duration.ZERO;

		/** When instances that asked to wait may be tried again, by their names. */
		private final Map<String, Long> waits = new HashMap<>();

		private @Nullable Response rejected;

		private @Nullable ConnectionException failure;

		Hop(PreparedRequest request, SendOptions options) {
			this.request = request;
			ConcurrentAttempt attempt = options.attribute(ConcurrentAttempt.class);
			this.tried = (attempt != null) ? attempt.targets() : new HashSet<>();
			Retry own = options.attribute(Retry.class);
			Retry policy = (own != null) ? own : BalancedAdapter.this.policy;
			this.onlyElsewhere = own == null && Failover.isOnlyElsewhere(policy);
			// The transport must not repeat what the balancer repeats
			this.options = options.withAttribute(Retry.class, Retry.none());
			this.retries = RetryState.of(policy, request, options, BalancedAdapter.this.transport);
		}

		Response run() {
			Destination instance = chooseFirst();
			SendOptions nextOptions = this.options;
			while (true) {
				Response response = attempt((instance != null) ? instance : restart(), nextOptions);
				if (response != null) {
					return response;
				}
				instance = choose();
				if (this.failure != null && !mayContinue(this.failure, instance != null)) {
					throw this.failure;
				}
				if (this.options.kind() != Exchange.Kind.HEDGE) {
					nextOptions = this.options.withKind(Exchange.Kind.RETRY);
				}
			}
		}

		/**
		 * Sends a hedge to the instance of another attempt again if all others are
		 * ejected, since an instance that fails would not respond sooner.
		 */
		private @Nullable Destination chooseFirst() {
			Destination chosen = choose();
			if (this.options.kind() != Exchange.Kind.HEDGE || chosen == null || !chosen.instance().isEjected()) {
				return chosen;
			}
			return BalancedAdapter.this.destinations.choose(this.request, this.options, Set.of());
		}

		private @Nullable Destination choose() {
			return BalancedAdapter.this.destinations.choose(this.request, this.options, this.tried);
		}

		/** Returns the final response, or {@code null} for another attempt. */
		private @Nullable Response attempt(Destination destination, SendOptions nextOptions) {
			this.tried.add(destination.instance().name());
			this.rejected = null;
			this.failure = null;
			Response response;
			try {
				response = measured(destination, nextOptions);
			}
			catch (ConnectionException ex) {
				if (isOwnLimit(ex) || !this.retries.mayRepeat(RetryState.isUnsent(ex))) {
					throw ex;
				}
				this.failure = ex;
				return null;
			}
			Duration next = this.retries.afterResponse(response);
			if (next == null) {
				return this.retries.withAttempts(response);
			}
			this.pause = next;
			this.rejected = response;
			if (RetryState.isDeferred(response)) {
				this.waits.put(destination.instance().name(), System.nanoTime() + Deadline.nanos(next));
			}
			return null;
		}

		/** The limit counts all instances, so each of them would be rejected. */
		private static boolean isOwnLimit(ConnectionException error) {
			return error instanceof ThrottledException throttled && !throttled.isDeferred();
		}

		private Response measured(Destination destination, SendOptions nextOptions) {
			Instance instance = destination.instance();
			long start = instance.now();
			instance.begin();
			RequestException error = null;
			Response response = null;
			try {
				response = destination.send(this.request, nextOptions, BalancedAdapter.this.transport);
				return response;
			}
			catch (RequestException ex) {
				error = ex;
				throw ex;
			}
			finally {
				record(instance, instance.now() - start, response, error);
			}
		}

		private void record(Instance instance, long nanos, @Nullable Response response,
				@Nullable RequestException error) {
			if (response != null && response.statusCode() == 429) {
				// A quick rejection must not attract more requests.
				instance.ignored();
			}
			else if (response != null && response.statusCode() < 500) {
				instance.responded(nanos);
			}
			else if (response != null) {
				instance.failed();
			}
			else if (error == null
					|| !(error instanceof ConnectionException || error instanceof AttemptCancelledException)
					|| error instanceof ThrottledException) {
				instance.ignored();
			}
			else if (error instanceof AttemptCancelledException || error.getClass() == RequestTimeoutException.class
					|| this.retries.isOver()) {
				instance.givenUp(nanos);
			}
			else {
				instance.failed();
			}
		}

		private boolean mayContinue(ConnectionException error, boolean anotherInstance) {
			boolean unsent = RetryState.isUnsent(error);
			if (unsent && anotherInstance) {
				return this.retries.mayRepeat(true);
			}
			if (!anotherInstance && this.onlyElsewhere) {
				return false;
			}
			Duration next = this.retries.afterError(error, unsent);
			this.pause = (next != null) ? next : Duration.ZERO;
			return next != null;
		}

		/**
		 * Waits and starts again, because every instance was tried. If instances asked to
		 * wait, the pause is that of the first one that can be tried again.
		 */
		private Destination restart() {
			this.retries.pause(shortestPause(), this.failure, this.rejected);
			this.tried.clear();
			this.waits.values().removeIf((end) -> end - System.nanoTime() <= 0);
			this.tried.addAll(this.waits.keySet());
			Destination instance = choose();
			if (instance == null) {
				this.tried.clear();
				instance = choose();
			}
			if (instance == null) {
				throw new IllegalStateException(
						"The load balancer returned no instance of " + BalancedAdapter.this.destinations + ".");
			}
			return instance;
		}

		private Duration shortestPause() {
			long now = System.nanoTime();
			Duration shortest = this.pause;
			for (long end : this.waits.values()) {
				Duration left = Duration.ofNanos(Math.max(0, end - now));
				shortest = (left.compareTo(shortest) < 0) ? left : shortest;
			}
			return shortest;
		}

	}

}
