package io.github.requests4j.spring.loadbalancer;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.session.Repetition;
import io.github.requests4j.spring.session.RetryPause;

/**
 * One hop over the instances of a service. An instance that cannot be connected to is
 * passed over, since nothing was sent; other failures and statuses are retried as the
 * policy says. There is a pause only when every instance was tried. For one thread, once.
 */
final class BalancedHop {

	/** What is read of a response that nobody gets, to keep its connection. */
	private static final int MOST_DRAINED = 64 * 1024;

	private final InstanceChooser instances;

	private final Adapter transport;

	private final RetryBudget budget;

	private final PreparedRequest request;

	private final SendOptions options;

	private final Set<String> tried = new HashSet<>();

	private @Nullable Response unwanted;

	private @Nullable ConnectionException failure;

	BalancedHop(InstanceChooser instances, Adapter transport, Retry policy, PreparedRequest request,
			SendOptions options) {
		this.instances = instances;
		this.transport = transport;
		this.budget = new RetryBudget(policy, request);
		this.request = request;
		this.options = options;
	}

	Response run() {
		ServiceInstance instance = this.instances.choose(this.tried);
		SendOptions how = this.options;
		while (true) {
			Response response = attempt((instance != null) ? instance : startAgain(), how);
			if (response != null) {
				return response;
			}
			instance = this.instances.choose(this.tried);
			if (this.failure != null && !mayGoOn(this.failure, instance != null)) {
				throw this.failure;
			}
			how = this.options.withKind(Exchange.Kind.RETRY);
		}
	}

	/** The response to return, or {@code null} for another attempt. */
	private @Nullable Response attempt(ServiceInstance instance, SendOptions how) {
		this.tried.add(InstanceChooser.nameOf(instance));
		this.unwanted = null;
		this.failure = null;
		try {
			Response response = this.instances.send(instance, this.transport, this.request, how);
			response.request(this.request);
			return isWanted(response) ? response : null;
		}
		catch (ConnectionException ex) {
			this.failure = ex;
			return null;
		}
	}

	private boolean isWanted(Response response) {
		if (!this.budget.isUnwanted(response)) {
			return true;
		}
		boolean again = this.budget.takeForStatus();
		if (!again && !this.budget.raisesOnStatus()) {
			return true;
		}
		if (!again) {
			response.content();
			throw new RetryException("The service '" + this.instances + "' answered too often with status "
					+ response.statusCode() + "; no retries are left")
				.attach(this.request, response);
		}
		response.drain(MOST_DRAINED);
		response.close();
		this.unwanted = response;
		return false;
	}

	private boolean mayGoOn(ConnectionException error, boolean anotherInstance) {
		Deadline deadline = this.options.deadline();
		if ((deadline != null && deadline.hasPassed()) || Thread.currentThread().isInterrupted()) {
			return false;
		}
		return (anotherInstance && Repetition.isUnsent(error)) || this.budget.takeFor(error);
	}

	/** All instances were tried: waits as the policy says, and begins anew. */
	private ServiceInstance startAgain() {
		this.tried.clear();
		RetryPause.sleep(RetryPause.of(this.budget.pause(), this.budget.respectsRetryAfter() ? this.unwanted : null),
				this.options.deadline(), this.request, this.failure, this.unwanted);
		ServiceInstance instance = this.instances.choose(this.tried);
		if (instance == null) {
			throw new IllegalStateException("The load balancer gave no instance for " + this.instances);
		}
		return instance;
	}

}
