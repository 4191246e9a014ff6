package io.github.requests4j.spring.resilience;

import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Passes calls through a circuit breaker. Each call is recorded once, and an open breaker
 * rejects it. Calls that the rate limiter or bulkhead behind it rejects, interrupted
 * calls and misuse are not recorded.
 */
final class BreakerStep implements CallInterceptor {

	/** The predicate that all instances without their own predicate share. */
	private static final Object NO_PREDICATE = CircuitBreakerConfig.ofDefaults().getRecordResultPredicate();

	private final Function<SendOptions, @Nullable CircuitBreaker> instance;

	BreakerStep(Function<SendOptions, @Nullable CircuitBreaker> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		CircuitBreaker breaker = this.instance.apply(options);
		if (breaker == null) {
			return chain.proceed(request, options);
		}
		try {
			breaker.acquirePermission();
		}
		catch (CallNotPermittedException ex) {
			throw Outcome.rejection("the circuit breaker '" + breaker.getName() + "', which is " + breaker.getState()
					+ " because earlier calls failed. Try again later.", ex, request);
		}
		long start = breaker.getCurrentTimestamp();
		Response response;
		try {
			response = chain.proceed(request, options);
		}
		catch (RequestException ex) {
			record(breaker, start, ex);
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			breaker.releasePermission();
			throw ex;
		}
		record(breaker, start, response);
		return response;
	}

	private static void record(CircuitBreaker breaker, long start, RequestException failure) {
		if (Outcome.isRejection(failure) || Thread.currentThread().isInterrupted()) {
			breaker.releasePermission();
		}
		else {
			breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
		}
	}

	private static void record(CircuitBreaker breaker, long start, Response response) {
		long took = breaker.getCurrentTimestamp() - start;
		if (breaker.getCircuitBreakerConfig().getRecordResultPredicate() == NO_PREDICATE
				&& Outcome.isServerError(response)) {
			breaker.onError(took, breaker.getTimestampUnit(), Outcome.asFailure(response));
		}
		else {
			breaker.onResult(took, breaker.getTimestampUnit(), response);
		}
	}

}
