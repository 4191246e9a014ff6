package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Passes calls through a bulkhead. Waits for a place as long as the bulkhead says, but
 * not beyond the deadline of the call. A streamed call gives its place back when the
 * headers of the response are there.
 */
final class BulkheadStep implements CallInterceptor {

	private final Supplier<Bulkhead> instance;

	BulkheadStep(Supplier<Bulkhead> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Bulkhead bulkhead = this.instance.get();
		Duration longest = bulkhead.getBulkheadConfig().getMaxWaitDuration();
		if (!BoundedWait.acquire(longest, options.deadline(), bulkhead::tryAcquirePermission)) {
			throw Outcome.refusal(
					"the bulkhead '" + bulkhead.getName() + "' is full with "
							+ bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
							+ " calls. Make fewer calls at a time, or raise max-concurrent-calls.",
					BulkheadFullException.createBulkheadFullException(bulkhead), request);
		}
		try {
			return chain.proceed(request, options);
		}
		finally {
			bulkhead.onComplete();
		}
	}

}
