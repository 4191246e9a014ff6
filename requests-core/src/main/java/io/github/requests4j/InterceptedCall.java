package io.github.requests4j;

import java.util.ArrayList;
import java.util.List;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * One call through the interceptors of a session. Streamed responses that an interceptor
 * drops, by returning another one or by throwing, do not keep their connections.
 */
final class InterceptedCall implements CallInterceptor.Chain {

	private final CallInterceptor.Chain call;

	/** Guarded by itself: an interceptor may proceed in several threads. */
	private final List<Response> streamed = new ArrayList<>();

	private boolean over;

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
			innermost.ended(response);
			return response;
		}
		catch (RuntimeException | Error ex) {
			innermost.failed();
			throw ex;
		}
	}

	@Override
	public Response proceed(PreparedRequest request, SendOptions options) {
		Response response = this.call.proceed(request, options);
		if (Boolean.TRUE.equals(options.stream())) {
			synchronized (this.streamed) {
				// What comes after the end of the call is the interceptor's own.
				if (!this.over) {
					this.streamed.add(response);
				}
			}
		}
		return response;
	}

	/** The response may read from those that it replaces, so they are closed with it. */
	private void ended(Response response) {
		for (Response each : end()) {
			if (each != response && !response.history().contains(each)) {
				response.alsoClose(each);
			}
		}
	}

	/** The body of an error may be asked for by whoever catches the exception. */
	private void failed() {
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
				// Its connection is closed. What the interceptor has thrown matters more.
				continue;
			}
		}
	}

	private List<Response> end() {
		synchronized (this.streamed) {
			this.over = true;
			return List.copyOf(this.streamed);
		}
	}

}
