package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.resilience4j.retry.MaxRetriesExceededException;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.adapters.RetryState;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;

/**
 * Repeats calls by a retry instance: its lists of exceptions, its result predicate, its
 * number of attempts and its pauses, which a Retry-After makes longer. What may have
 * reached the server is repeated only where that does no harm, and only while the
 * session's budget lasts.
 */
final class RetryStep implements CallInterceptor {

	private final Supplier<Retry> instance;

	private final @Nullable RetryBudget budget;

	RetryStep(Supplier<Retry> instance, @Nullable RetryBudget budget) {
		this.instance = instance;
		this.budget = budget;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Retry retry = this.instance.get();
		// Not Context, which sleeps itself and ignores Retry-After and the deadline.
		Retry.AsyncContext<Response> context = retry.asyncContext();
		PreparedRequest unchanged = request.copy();
		RetryState state = RetryState.uncounted(unchanged, options, this.budget);
		PreparedRequest next = request;
		SendOptions how = options;
		while (true) {
			Response response;
			try {
				response = chain.proceed(next, how);
			}
			catch (RequestException ex) {
				Duration pause = afterFailure(context, state, ex);
				state.addAttempt(ex, null, pause);
				state.pause(pause, ex, null);
				next = unchanged.copy();
				how = options.withKind(Exchange.Kind.RETRY);
				continue;
			}
			Duration pause = afterResponse(retry, context, state, unchanged, response);
			if (pause == null) {
				return state.withAttempts(response);
			}
			RetryState.discard(response);
			Duration longer = state.longerPause(pause, response);
			state.addAttempt(null, response, longer);
			state.pause(longer, null, response);
			next = unchanged.copy();
			how = options.withKind(Exchange.Kind.RETRY);
		}
	}

	/** Returns how long the instance wants to wait, or null to return the response. */
	private static @Nullable Duration afterResponse(Retry retry, Retry.AsyncContext<Response> context, RetryState state,
			PreparedRequest request, Response response) {
		@Nullable Predicate<Response> own = retry.getRetryConfig().getResultPredicate();
		if (state.isRepeatable()) {
			boolean failed = own == null && (Outcome.isServerError(response) || RetryState.isDeferred(response));
			Duration pause = pause(failed ? context.onError(Outcome.asFailure(response)) : context.onResult(response));
			if (pause != null && state.takeRetry(null, response)) {
				return pause;
			}
			if (failed) {
				return null;
			}
			if (pause != null) {
				return endSuppressed(retry, state, request, response);
			}
		}
		try {
			context.onComplete();
			return null;
		}
		catch (MaxRetriesExceededException ex) {
			RetryState.discard(response);
			Response last = state.withAttempts(response);
			throw new RetryException(
					stillFails(request, last) + ", and the retry '" + retry.getName() + "' has no attempts left.", ex)
				.attach(request, last);
		}
	}

	/**
	 * Ends a call that the predicate of the instance would repeat, but not the budget, in
	 * the same way as one that has no attempts left.
	 */
	private static @Nullable Duration endSuppressed(Retry retry, RetryState state, PreparedRequest request,
			Response response) {
		if (!retry.getRetryConfig().isFailAfterMaxAttempts()) {
			return null;
		}
		RetryState.discard(response);
		Response last = state.withAttempts(response);
		throw new RetryException(stillFails(request, last) + ".").markRetrySuppressed().attach(request, last);
	}

	private static String stillFails(PreparedRequest request, Response last) {
		int attempts = last.attempts().size() + 1;
		return request.method() + " " + Outcome.target(request) + ": the status is still " + last.statusCode()
				+ " after " + attempts + ((attempts > 1) ? " attempts" : " attempt");
	}

	/** Returns how long the instance wants to wait, or throws the failure. */
	private static Duration afterFailure(Retry.AsyncContext<Response> context, RetryState state,
			RequestException failure) {
		boolean refused = Outcome.isRefusal(failure);
		boolean unsent = refused || RetryState.isUnsent(failure);
		Duration pause = state.mayRepeat(unsent) ? pause(context.onError(Outcome.asListed(failure))) : null;
		// The budget protects the server, which got nothing of a refused call.
		if (pause == null || (!refused && !state.takeRetry(failure, null))) {
			throw failure;
		}
		return pause;
	}

	/** The instance counts in milliseconds; a negative number means no more attempts. */
	private static @Nullable Duration pause(long millis) {
		return (millis >= 0) ? Duration.ofMillis(millis) : null;
	}

}
