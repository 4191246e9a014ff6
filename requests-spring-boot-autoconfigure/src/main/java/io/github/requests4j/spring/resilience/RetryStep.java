package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.resilience4j.retry.MaxRetriesExceededException;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.session.Repetition;
import io.github.requests4j.spring.session.RetryPause;

/**
 * Repeats calls by a retry instance: its lists of exceptions, its result predicate, its
 * number of attempts and its pauses, which a Retry-After makes longer. What may have
 * reached the server is repeated only where that is harmless.
 */
final class RetryStep implements CallInterceptor {

	/** What is read of a response that nobody gets, to keep its connection. */
	private static final int MOST_DRAINED = 64 * 1024;

	private static final long NO_MORE = -1;

	private final Supplier<Retry> instance;

	RetryStep(Supplier<Retry> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Retry retry = this.instance.get();
		// Not Context, which sleeps by itself and knows of no Retry-After or deadline.
		Retry.AsyncContext<Response> context = retry.asyncContext();
		PreparedRequest unchanged = request.copy();
		PreparedRequest next = request;
		SendOptions how = options;
		while (true) {
			Response response = null;
			RequestException failure = null;
			long pause;
			try {
				response = chain.proceed(next, how);
				pause = afterResponse(retry, context, unchanged, response);
				if (pause < 0) {
					return response;
				}
				discard(response);
			}
			catch (RequestException ex) {
				failure = ex;
				pause = (response != null) ? NO_MORE : afterFailure(context, unchanged, options.deadline(), ex);
				if (pause < 0) {
					throw ex;
				}
			}
			RetryPause.sleep(RetryPause.of(Duration.ofMillis(pause), response), options.deadline(), unchanged, failure,
					response);
			next = unchanged.copy();
			how = options.withKind(Exchange.Kind.RETRY);
		}
	}

	/** Tells the instance of a response; says how long to wait, or less than zero. */
	private static long afterResponse(Retry retry, Retry.AsyncContext<Response> context, PreparedRequest request,
			Response response) {
		@Nullable Predicate<Response> own = retry.getRetryConfig().getResultPredicate();
		if (Repetition.isHarmless(request)) {
			if (own == null && (Outcome.isServerError(response) || Outcome.asksToComeBack(response))) {
				return context.onError(Outcome.asFailure(response));
			}
			long pause = context.onResult(response);
			if (pause >= 0) {
				return pause;
			}
		}
		try {
			context.onComplete();
			return NO_MORE;
		}
		catch (MaxRetriesExceededException ex) {
			discard(response);
			throw new RetryException("The retry '" + retry.getName() + "' has no attempts left, and the status is "
					+ response.statusCode(), ex)
				.attach(request, response);
		}
	}

	private static long afterFailure(Retry.AsyncContext<Response> context, PreparedRequest request,
			@Nullable Deadline deadline, RequestException failure) {
		boolean over = (deadline != null && deadline.hasPassed()) || Thread.currentThread().isInterrupted();
		boolean unsent = Refusals.isRefusal(failure) || Repetition.isUnsent(failure);
		if (over || !(unsent || Repetition.isHarmless(request))) {
			return NO_MORE;
		}
		return context.onError(Refusals.asListed(failure));
	}

	private static void discard(Response response) {
		response.drain(MOST_DRAINED);
		response.close();
	}

}
