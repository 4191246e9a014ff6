package io.github.requests4j;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Intercepts one logical call of a session: its redirects, digest challenges, retries of
 * the adapter and, unless it is streamed, the reading of the body. Use it for circuit
 * breakers, for instance. Interceptors run in the order of
 * {@link Session#interceptors()}, the first one outermost. Implementations must be
 * thread-safe. <pre>{@code
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
	 * Performs the call, or returns a response without it.
	 * @param request the prepared request of the first hop
	 * @param options how it is sent
	 * @param chain the rest of the call; may be called more than once, each time with a
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
		 * Continues with the call.
		 * @param request the request to send
		 * @param options how it is sent
		 * @return the response
		 * @throws RequestException if there is no response
		 */
		Response proceed(PreparedRequest request, SendOptions options);

	}

}
