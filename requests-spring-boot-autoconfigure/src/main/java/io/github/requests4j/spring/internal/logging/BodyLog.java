package io.github.requests4j.spring.internal.logging;

import org.slf4j.Logger;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.internal.config.SessionProperties.Logging.Format;

/**
 * Logs the beginning of the response body of a call. Streamed bodies are left for their
 * reader. Thread-safe.
 */
public final class BodyLog implements CallInterceptor {

	private final String session;

	private final Format format;

	private final Logger logger;

	/**
	 * Creates the log of a session.
	 * @param session the name of the session
	 * @param format how bodies are logged
	 */
	public BodyLog(String session, Format format) {
		this.session = session;
		this.format = format;
		this.logger = ExchangeLog.logger(session);
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Response response = chain.proceed(request, options);
		if (this.logger.isInfoEnabled()) {
			String body = Boolean.TRUE.equals(options.stream()) ? "(streamed)"
					: BodyExcerpt.of(response.content(), response.headers().get("Content-Type"));
			log(request, response, body);
		}
		return response;
	}

	private void log(PreparedRequest request, Response response, String body) {
		if (this.format == Format.TEXT) {
			this.logger.info("{} body of status {}\n  < {}", request.method(), response.statusCode(), body);
		}
		else {
			this.logger.atInfo()
				.addKeyValue(FieldLog.METHOD, String.valueOf(request.method()))
				.addKeyValue(FieldLog.STATUS, response.statusCode())
				.addKeyValue(FieldLog.SESSION, this.session)
				.addKeyValue(FieldLog.RESPONSE_BODY, body)
				.log("{} body of status {}", request.method(), response.statusCode());
		}
	}

}
