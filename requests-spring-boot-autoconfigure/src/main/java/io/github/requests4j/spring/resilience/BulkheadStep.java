package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Function;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Passes calls through a bulkhead. A call waits for a permission for the configured time
 * of the bulkhead, but not beyond its deadline. A streamed call releases its permission
 * when the headers of the response arrive.
 */
final class BulkheadStep implements CallInterceptor {

	private final Function<SendOptions, @Nullable Bulkhead> instance;

	BulkheadStep(Function<SendOptions, @Nullable Bulkhead> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Bulkhead bulkhead = this.instance.apply(options);
		if (bulkhead == null) {
			return chain.proceed(request, options);
		}
		Duration maxWait = bulkhead.getBulkheadConfig().getMaxWaitDuration();
		if (!BoundedWait.acquire(maxWait, options.deadline(), bulkhead::tryAcquirePermission)) {
			throw Outcome.rejection(
					"the bulkhead '" + bulkhead.getName() + "', whose limit of concurrent calls is "
							+ bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
							+ ". Make fewer concurrent calls, or raise max-concurrent-calls.",
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
