package io.github.requests4j.spring.internal.logging;

import org.slf4j.Logger;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Logs the beginning of the response body of a call. Streamed bodies are left for their
 * reader. Thread-safe.
 */
public final class BodyLog implements CallInterceptor {

	private final Logger logger;

	/**
	 * Creates the log of a session.
	 * @param session the name of the session
	 */
	public BodyLog(String session) {
		this.logger = ExchangeLog.logger(session);
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Response response = chain.proceed(request, options);
		if (this.logger.isInfoEnabled()) {
			String body = Boolean.TRUE.equals(options.stream()) ? "(streamed)"
					: BodyExcerpt.of(response.content(), response.headers().get("Content-Type"));
			this.logger.info("{} body of status {}\n  < {}", request.method(), response.statusCode(), body);
		}
		return response;
	}

}
