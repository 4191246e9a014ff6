package io.github.requests4j;

import java.util.ArrayList;
import java.util.List;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * One call through the interceptors of a session. If an interceptor drops a streamed
 * response, by returning another one or by throwing, its connection is released.
 */
final class InterceptedCall implements CallInterceptor.Chain {

	private final CallInterceptor.Chain call;

	/** Guarded by itself: an interceptor may proceed in several threads. */
	private final List<Response> streamed = new ArrayList<>();

	private boolean ended;

	private InterceptedCall(CallInterceptor.Chain call) {
		this.call = call;
	}

	static Response run(List<CallInterceptor> interceptors, PreparedRequest request, SendOptions options,
			CallInterceptor.Chain call) {
		InterceptedCall innermost = new InterceptedCall(call);
		CallInterceptor.Chain chain = innermost;
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			CallInterceptor interceptor = interceptors.get(i);
			CallInterceptor.Chain rest = chain;
			chain = (r, o) -> interceptor.intercept(r, o, rest);
		}
		try {
			Response response = chain.proceed(request, options);
			innermost.complete(response);
			return response;
		}
		catch (RuntimeException | Error ex) {
			innermost.fail();
			throw ex;
		}
	}

	@Override
	public Response proceed(PreparedRequest request, SendOptions options) {
		Response response = this.call.proceed(request, options);
		if (Boolean.TRUE.equals(options.stream())) {
			synchronized (this.streamed) {
				// Responses after the end of the call belong to the interceptor.
				if (!this.ended) {
					this.streamed.add(response);
				}
			}
		}
		return response;
	}

	/** Closes replaced responses together with the response, which may read from them. */
	private void complete(Response response) {
		for (Response each : end()) {
			if (each != response && !response.history().contains(each)) {
				response.alsoClose(each);
			}
		}
	}

	/**
	 * Releases all responses. Error bodies stay readable for callers that catch the
	 * exception.
	 */
	private void fail() {
		for (Response each : end()) {
			try {
				if (each.ok()) {
					each.close();
				}
				else {
					each.drain();
				}
			}
			catch (RequestException ex) {
				// Its connection is closed. The exception of the interceptor is more
				// important.
				continue;
			}
		}
	}

	private List<Response> end() {
		synchronized (this.streamed) {
			this.ended = true;
			return List.copyOf(this.streamed);
		}
	}

}
