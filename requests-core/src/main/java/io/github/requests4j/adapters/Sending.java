package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;

/**
 * One call of an adapter with a retry policy: attempts and the pauses between them. For
 * one thread, once.
 */
final class Sending {

	/**
	 * What is read of a response that nobody gets, so that its connection can be used
	 * again.
	 */
	private static final int MOST_DRAINED = 64 * 1024;

	/** Up to 99,999 bytes. */
	private static final int MOST_KEPT_DIGITS = 5;

	private final Engine engine;

	private final Plan plan;

	private final RetryState state;

	Sending(Engine engine, Plan plan, Retry policy) {
		this.engine = engine;
		this.plan = plan;
		this.state = new RetryState(policy, plan, engine.clock());
	}

	Response run() {
		while (true) {
			Transmission attempt = Transmission.begin(this.engine, this.plan, List.copyOf(this.state.history()));
			Response response;
			try {
				response = attempt.run();
			}
			catch (RequestException ex) {
				sleep(this.state.afterError(ex, attempt), ex, null);
				rewind(attempt);
				continue;
			}
			Duration pause = judge(response);
			if (pause == null) {
				return response;
			}
			sleep(pause, null, response);
			rewind(attempt);
		}
	}

	/** Decides about a response, and reads or closes one that is not returned. */
	private @Nullable Duration judge(Response response) {
		boolean taken = false;
		try {
			Duration pause = this.state.afterResponse(response);
			taken = pause == null;
			return pause;
		}
		catch (RetryException ex) {
			keep(response);
			throw ex;
		}
		catch (RequestException ex) {
			ex.attach(this.plan.request(), response);
			throw ex;
		}
		finally {
			if (!taken) {
				drain(response);
			}
		}
	}

	/**
	 * The last answer says why the server is not well; unless it is long, the exception
	 * has it to read.
	 */
	private static void keep(Response response) {
		String length = response.headers().get("Content-Length");
		if (length != null && length.length() <= MOST_KEPT_DIGITS) {
			try {
				response.content();
			}
			catch (RequestException ex) {
				// The status alone must do.
				return;
			}
		}
	}

	private static void drain(Response response) {
		try (InputStream raw = response.raw()) {
			if (raw != null) {
				byte[] buffer = new byte[8192];
				int count = raw.read(buffer);
				for (int sum = count; count >= 0 && sum < MOST_DRAINED; sum += count) {
					count = raw.read(buffer);
				}
			}
		}
		catch (IOException | RequestException ex) {
			// Nobody wants this body; its connection is closed.
			return;
		}
	}

	private void sleep(Duration pause, @Nullable RequestException error, @Nullable Response response) {
		if (pause.isZero()) {
			return;
		}
		Deadline deadline = this.plan.options().deadline();
		if (deadline != null && deadline.remainingNanos() <= pause.toNanos()) {
			throw new RequestTimeoutException(this.plan.key().describe() + ": The next attempt would begin after "
					+ Failures.seconds(pause) + " s, when the deadline of " + Failures.seconds(deadline.limit())
					+ " s for the whole call has passed", error)
				.attach(this.plan.request(), response);
		}
		try {
			if (this.engine.pool().awaitClose(pause.toNanos())) {
				throw new ConnectionException(
						this.plan.key().describe() + ": The adapter was closed while waiting to try again", error);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException(this.plan.key().describe() + ": Interrupted while waiting to try again", ex);
		}
	}

	private void rewind(Transmission attempt) {
		Body body = this.plan.upload().body();
		if (attempt.hasTouchedBody() && body != null) {
			body.rewind();
		}
	}

}
