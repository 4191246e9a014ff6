package io.github.requests4j;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Wraps one logical call of a session: its redirects, digest and adapter retries and,
 * unless it is streamed, the reading of the body. Circuit breakers and the like live
 * here. Interceptors run in the order of {@link Session#interceptors()}, the first one
 * outermost. Implementations must be safe for many threads. <pre>{@code
 * Session session = Session.builder().interceptor((request, options, chain) -> {
 *     long start = System.nanoTime();
 *     Response response = chain.proceed(request, options);
 *     log.info("{} took {} ms in all", request, (System.nanoTime() - start) / 1_000_000);
 *     return response;
 * }).build();
 * }</pre>
 */
@FunctionalInterface
public interface CallInterceptor {

	/**
	 * Carries out the call, or does not.
	 * @param request the prepared request of the first hop
	 * @param options how it is sent
	 * @param chain what is left of the call; may be used more than once, each time with a
	 * fresh copy of the request
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	Response intercept(PreparedRequest request, SendOptions options, Chain chain);

	/**
	 * The rest of a call.
	 */
	@FunctionalInterface
	interface Chain {

		/**
		 * Goes on with the call.
		 * @param request the request to send
		 * @param options how it is sent
		 * @return the response
		 * @throws RequestException if there is no response
		 */
		Response proceed(PreparedRequest request, SendOptions options);

	}

}
