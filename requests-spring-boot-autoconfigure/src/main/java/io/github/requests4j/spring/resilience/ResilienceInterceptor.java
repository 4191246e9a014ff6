package io.github.requests4j.spring.resilience;

import java.util.List;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Takes each logical call of a session through the Resilience4j instances that the
 * session names: retry(breaker(limiter(bulkhead(call)))). Redirects, digest answers and
 * retries of the adapter happen inside the call.
 */
final class ResilienceInterceptor implements CallInterceptor {

	private final List<CallInterceptor> steps;

	/**
	 * Makes the interceptor.
	 * @param steps the steps, outermost first
	 */
	ResilienceInterceptor(List<CallInterceptor> steps) {
		this.steps = List.copyOf(steps);
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		return from(0, chain).proceed(request, options);
	}

	private Chain from(int index, Chain call) {
		if (index == this.steps.size()) {
			return call;
		}
		CallInterceptor step = this.steps.get(index);
		Chain rest = from(index + 1, call);
		return (request, options) -> step.intercept(request, options, rest);
	}

	@Override
	public String toString() {
		return "ResilienceInterceptor" + this.steps.stream().map((step) -> step.getClass().getSimpleName()).toList();
	}

}
