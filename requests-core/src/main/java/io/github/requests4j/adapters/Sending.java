package io.github.requests4j.adapters;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * One call of an adapter with a retry policy: the attempts and the pauses between them.
 * Used once, by one thread.
 */
final class Sending {

	private final Engine engine;

	private final Plan plan;

	private final RetryState state;

	Sending(Engine engine, Plan plan, Retry policy) {
		this.engine = engine;
		this.plan = plan;
		ConcurrentAttempt concurrent = plan.concurrent();
		this.state = RetryState.ofTransport(policy, plan.request(), plan.options(), engine.clock(), (concurrent != null)
				? (nanos) -> engine.pool().awaitClose(nanos, concurrent) : engine.pool()::awaitClose);
	}

	Response run() {
		while (true) {
			Transmission attempt = begin();
			Response response;
			try {
				response = attempt.run();
			}
			catch (RequestException ex) {
				this.state.pause(afterError(ex, attempt), ex, null);
				rewind(attempt);
				continue;
			}
			Duration pause = this.state.afterResponse(response);
			if (pause == null) {
				return response;
			}
			this.state.pause(pause, null, response);
			rewind(attempt);
		}
	}

	private Transmission begin() {
		try {
			return Transmission.begin(this.engine, this.plan, this.state.history());
		}
		catch (RequestException ex) {
			// A throttle did not let it through
			this.state.refund();
			throw ex;
		}
	}

	private Duration afterError(RequestException error, Transmission attempt) {
		boolean started = attempt.wasGranted() && !attempt.wasAborted();
		@Nullable Duration pause = started ? this.state.afterError(error, !attempt.wasConnected()) : null;
		if (pause != null) {
			return pause;
		}
		boolean reading = attempt.wasConnected() && !RetryState.isOther(error);
		if (!reading || !this.state.isExhausted()) {
			throw error;
		}
		throw Failures.retriesExhausted(error);
	}

	private void rewind(Transmission attempt) {
		Body body = this.plan.upload().body();
		if (attempt.hasStartedBody() && body != null) {
			body.rewind();
		}
	}

}
