package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

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
import io.github.requests4j.internal.url.UrlText;

/**
 * Repeats calls as configured in a retry instance, which defines the exceptions, the
 * result predicate, the number of attempts and the delays. A Retry-After header can make
 * a delay longer. A call that may have reached the server is only repeated if that is
 * safe, and only while the budget of the session lasts.
 */
final class RetryStep implements CallInterceptor {

	private final Function<SendOptions, @Nullable Retry> instance;

	private final @Nullable RetryBudget budget;

	RetryStep(Function<SendOptions, @Nullable Retry> instance, @Nullable RetryBudget budget) {
		this.instance = instance;
		this.budget = budget;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Retry retry = this.instance.apply(options);
		return (retry != null) ? repeat(retry, request, options, chain) : chain.proceed(request, options);
	}

	private Response repeat(Retry retry, PreparedRequest request, SendOptions options, Chain chain) {
		// Not Context, which sleeps itself and ignores Retry-After and the deadline
		Retry.AsyncContext<Response> context = retry.asyncContext();
		PreparedRequest unchanged = request.copy();
		RetryState state = RetryState.uncounted(unchanged, options, this.budget);
		PreparedRequest next = request;
		SendOptions nextOptions = options;
		while (true) {
			Response response;
			try {
				response = chain.proceed(next, nextOptions);
			}
			catch (RequestException ex) {
				Duration pause = afterFailure(context, state, ex);
				state.addAttempt(ex, null, pause);
				state.pause(pause, ex, null);
				next = unchanged.copy();
				nextOptions = options.withKind(Exchange.Kind.RETRY);
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
			nextOptions = options.withKind(Exchange.Kind.RETRY);
		}
	}

	/** Returns the delay of the instance, or null to return the response. */
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
	 * Ends a call that the budget does not allow to be repeated, in the same way as a
	 * call that has no attempts left.
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
		return UrlText.call(request.method(), request.parsedUrl()) + ": the status is still " + last.statusCode()
				+ " after " + attempts + ((attempts > 1) ? " attempts" : " attempt");
	}

	/** Returns the delay of the instance, or throws the failure. */
	private static Duration afterFailure(Retry.AsyncContext<Response> context, RetryState state,
			RequestException failure) {
		boolean rejected = Outcome.isRejection(failure);
		boolean unsent = rejected || RetryState.isUnsent(failure);
		Duration pause = state.mayRepeat(unsent) ? pause(context.onError(Outcome.asListed(failure))) : null;
		// The budget protects the server, which a rejected call never reached
		if (pause == null || (!rejected && !state.takeRetry(failure, null))) {
			throw failure;
		}
		return pause;
	}

	/**
	 * Converts the milliseconds of an instance. A negative number means that no attempts
	 * are left.
	 */
	private static @Nullable Duration pause(long millis) {
		return (millis >= 0) ? Duration.ofMillis(millis) : null;
	}

}
