package io.github.requests4j.spring.internal.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.config.SecretSettings;
import io.github.requests4j.spring.internal.config.SessionProperties.Logging.Level;

/**
 * Logs each exchange of one session like {@link ExchangeLog}, with the same masks, but as
 * pairs of keys and values beside a short message. The keys are those of the Elastic
 * Common Schema and OpenTelemetry, if these define one. The trace is not included,
 * because the logging system adds it to every event. Thread-safe.
 */
public final class FieldLog implements ExchangeListener {

	static final String METHOD = "http.request.method";

	static final String STATUS = "http.response.status_code";

	static final String SESSION = "requests.session";

	static final String RESPONSE_BODY = "http.response.body.content";

	private final String session;

	private final Logger logger;

	private final Level level;

	private final HeaderMasks masks;

	private final HeaderFields names;

	/**
	 * Creates the log of a session.
	 * @param session the name of the session
	 * @param level how much is logged
	 * @param masks which headers are shown
	 * @param names the headers that become fields of their own
	 */
	public FieldLog(String session, Level level, HeaderMasks masks, HeaderFields names) {
		this.session = session;
		this.logger = ExchangeLog.logger(session);
		this.level = level;
		this.masks = masks;
		this.names = names;
	}

	@Override
	public Scope begin(Exchange exchange) {
		return this.logger.isInfoEnabled() ? new LoggedExchange(exchange) : ExchangeLog.NoScope.INSTANCE;
	}

	private Map<String, Object> fields(Exchange exchange) {
		Map<String, Object> fields = new LinkedHashMap<>();
		put(fields, METHOD, exchange.request().method());
		String template = ExchangeLog.template(exchange.context());
		put(fields, "url.template", (template != null) ? UrlText.printable(template) : null);
		put(fields, "server.address", exchange.request().parsedUrl().host());
		put(fields, SESSION, this.session);
		put(fields, "requests.client", exchange.context().client());
		put(fields, "requests.kind", ExchangeLog.kind(exchange));
		put(fields, "requests.attempt", exchange.attempt());
		if (this.level.compareTo(Level.HEADERS) >= 0) {
			putHeaders(fields, "http.request.header.", exchange.request().headers());
		}
		if (this.level == Level.BODY) {
			put(fields, "http.request.body.content", ExchangeLog.excerpt(exchange.request()));
		}
		return fields;
	}

	private static void put(Map<String, Object> fields, String key, @Nullable Object value) {
		if (value != null) {
			fields.put(key, value);
		}
	}

	/** Adds all values of each header. */
	private void putHeaders(Map<String, Object> fields, String prefix, CaseInsensitiveHeaders headers) {
		Map<String, List<String>> values = new LinkedHashMap<>();
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			String field = this.names.nameOf(name);
			String value = ExchangeLog.shown(this.masks, name, String.valueOf(headers.valueAt(i)));
			values.computeIfAbsent(prefix + field, (first) -> new ArrayList<>())
				.add(field.equals(HeaderFields.OTHER) ? UrlText.printable(name) + ": " + value : value);
		}
		fields.putAll(values);
	}

	/** One exchange, which is logged when it ends. For one thread. */
	private final class LoggedExchange implements Scope {

		private final String line;

		private final Map<String, Object> fields;

		LoggedExchange(Exchange exchange) {
			this.line = ExchangeLog.line(exchange);
			this.fields = fields(exchange);
		}

		@Override
		public void responded(Response response, Duration elapsed) {
			this.fields.put(STATUS, response.statusCode());
			if (FieldLog.this.level.compareTo(Level.HEADERS) >= 0) {
				putHeaders(this.fields, "http.response.header.", response.headers());
			}
			event().addKeyValue("event.duration", elapsed.toNanos())
				.log("{} -> {} in {} ms", this.line, response.statusCode(), elapsed.toMillis());
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			LoggingEventBuilder event = event();
			if (!(error instanceof AttemptCancelledException)) {
				event = addError(event, error);
			}
			event.addKeyValue("event.duration", elapsed.toNanos())
				.log("{} -> {} in {} ms", this.line, error.getClass().getSimpleName(), elapsed.toMillis());
		}

		@Override
		public void bodyFailed(RequestException error) {
			addError(event(), error).log("{} -> the body could not be read", this.line);
		}

		private LoggingEventBuilder event() {
			LoggingEventBuilder event = FieldLog.this.logger.atInfo();
			for (Map.Entry<String, Object> field : this.fields.entrySet()) {
				event = event.addKeyValue(field.getKey(), field.getValue());
			}
			return event;
		}

		private static LoggingEventBuilder addError(LoggingEventBuilder event, RequestException error) {
			return event.addKeyValue("error.type", error.getClass().getName())
				.addKeyValue("error.message", SecretSettings.masked(error.getMessage()));
		}

	}

}
