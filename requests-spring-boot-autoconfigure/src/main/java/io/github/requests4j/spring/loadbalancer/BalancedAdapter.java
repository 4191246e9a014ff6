package io.github.requests4j.spring.loadbalancer;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryState;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Sends each hop to an instance of a service. Responses have the URL with the name of the
 * service, so that cookies, auth and redirects do not depend on the instance.
 * Thread-safe.
 */
final class BalancedAdapter implements Adapter {

	private final InstanceChooser instances;

	private final Adapter transport;

	private final Retry policy;

	BalancedAdapter(InstanceChooser instances, Adapter transport, Retry policy) {
		this.instances = instances;
		this.transport = transport;
		this.policy = policy;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		try {
			return new Hop(request, options).run();
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			throw ex;
		}
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
		return "BalancedAdapter[" + this.instances + "]";
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

		private final RetryState retries;

		/** Attempts that run at the same time share it, to use different instances. */
		private final Set<String> tried;

		private Duration pause = Duration.ZERO;

		private @Nullable Response rejected;

		private @Nullable ConnectionException failure;

		Hop(PreparedRequest request, SendOptions options) {
			this.request = request;
			ConcurrentAttempt attempt = options.attribute(ConcurrentAttempt.class);
			this.tried = (attempt != null) ? attempt.targets() : new HashSet<>();
			Retry own = options.attribute(Retry.class);
			// The transport must not repeat what the balancer repeats
			this.options = options.withAttribute(Retry.class, null);
			this.retries = RetryState.of((own != null) ? own : BalancedAdapter.this.policy, request, options);
		}

		Response run() {
			ServiceInstance instance = choose();
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

		private @Nullable ServiceInstance choose() {
			return BalancedAdapter.this.instances.choose(this.tried);
		}

		/** Returns the final response, or {@code null} for another attempt. */
		private @Nullable Response attempt(ServiceInstance instance, SendOptions nextOptions) {
			this.tried.add(InstanceChooser.nameOf(instance));
			this.rejected = null;
			this.failure = null;
			Response response;
			try {
				response = BalancedAdapter.this.instances.send(instance, BalancedAdapter.this.transport, this.request,
						nextOptions);
			}
			catch (ConnectionException ex) {
				this.failure = ex;
				return null;
			}
			response.request(this.request);
			Duration next = this.retries.afterResponse(response);
			if (next == null) {
				return this.retries.withAttempts(response);
			}
			this.pause = next;
			this.rejected = response;
			return null;
		}

		private boolean mayContinue(ConnectionException error, boolean anotherInstance) {
			boolean unsent = RetryState.isUnsent(error);
			if (unsent && anotherInstance) {
				return this.retries.mayRepeat(true);
			}
			Duration next = this.retries.afterError(error, unsent);
			this.pause = (next != null) ? next : Duration.ZERO;
			return next != null;
		}

		/**
		 * Waits and starts with the first instance again, because every instance was
		 * tried.
		 */
		private ServiceInstance restart() {
			this.tried.clear();
			this.retries.pause(this.pause, this.failure, this.rejected);
			ServiceInstance instance = choose();
			if (instance == null) {
				throw new IllegalStateException(
						"The load balancer returned no instance of " + BalancedAdapter.this.instances + ".");
			}
			return instance;
		}

	}

}
