package io.github.requests4j.spring.internal.logging;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.config.SecretSettings;
import io.github.requests4j.spring.internal.config.SessionProperties.Logging.Level;

/**
 * Logs each exchange of one session at level INFO. There is one line when the exchange
 * ends, followed by the headers if they are enabled. Credentials and queries are never
 * shown. Thread-safe.
 */
public final class ExchangeLog implements ExchangeListener {

	/** The logger of the transport, the parent of those of the sessions. */
	static final String LOGGER = "io.github.requests4j.wire";

	private static final Map<Exchange.Kind, String> KINDS = kinds();

	private final Logger logger;

	private final Level level;

	private final HeaderMasks masks;

	/**
	 * Creates the log of a session.
	 * @param session the name of the session
	 * @param level how much is logged
	 * @param masks which headers are shown
	 */
	public ExchangeLog(String session, Level level, HeaderMasks masks) {
		this.logger = logger(session);
		this.level = level;
		this.masks = masks;
	}

	static Logger logger(String session) {
		return LoggerFactory.getLogger(LOGGER + "." + session);
	}

	@Override
	public Scope begin(Exchange exchange) {
		return this.logger.isInfoEnabled() ? new LoggedExchange(exchange) : NoScope.INSTANCE;
	}

	/**
	 * Returns why there was an exchange, as logs, meters and reports show it.
	 * @param exchange the exchange
	 * @return the kind in lower case, such as {@code redirect}
	 */
	public static String kind(Exchange exchange) {
		return Objects.requireNonNull(KINDS.get(exchange.kind()));
	}

	private static Map<Exchange.Kind, String> kinds() {
		Map<Exchange.Kind, String> kinds = new EnumMap<>(Exchange.Kind.class);
		for (Exchange.Kind kind : Exchange.Kind.values()) {
			kinds.put(kind, kind.name().toLowerCase(Locale.ROOT));
		}
		return kinds;
	}

	/**
	 * Returns the path of the URI template of a call, as logs, meters and reports show
	 * it. What is before the path may contain credentials.
	 * @param call the call
	 * @return the path, such as {@code /items/{id}}, or {@code null} without a template
	 */
	public static @Nullable String template(CallContext call) {
		String template = call.uriTemplate();
		if (template == null) {
			return null;
		}
		int host = template.indexOf("://");
		int start = (host >= 0) ? template.indexOf('/', host + 3) : 0;
		String path = (start >= 0) ? template.substring(start) : "";
		return path.startsWith("/") ? path : "/" + path;
	}

	/** Returns what was sent, on one line. */
	static String line(Exchange exchange) {
		PreparedRequest request = exchange.request();
		String line = UrlText.call(request.method(), request.parsedUrl());
		return switch (exchange.kind()) {
			case FIRST -> line;
			case REDIRECT -> line + " (redirect)";
			case RETRY -> line + " (attempt " + exchange.attempt() + ")";
			case AUTH -> line + " (response to a challenge)";
			case HEDGE -> line + " (hedge)";
		};
	}

	private void appendHeaders(StringBuilder text, char direction, CaseInsensitiveHeaders headers) {
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			String value = String.valueOf(headers.valueAt(i));
			text.append("\n  ").append(direction).append(' ').append(UrlText.printable(name)).append(": ");
			text.append(shown(this.masks, name, value));
		}
	}

	/** Returns the value of a header without secrets. */
	static String shown(HeaderMasks masks, String name, String value) {
		return withoutValues(masks.shown(name, value));
	}

	/** Masks the queries of URLs in headers, which may contain secrets. */
	private static String withoutValues(String value) {
		int suffix = value.contains("://") || value.startsWith("/") ? suffix(value) : value.length();
		return UrlText.printable((suffix < value.length()) ? value.substring(0, suffix + 1) + Secrets.MASK : value);
	}

	private static int suffix(String url) {
		int suffix = 0;
		while (suffix < url.length() && url.charAt(suffix) != '?' && url.charAt(suffix) != '#') {
			suffix++;
		}
		return suffix;
	}

	/** Returns the beginning of a body, or {@code null} if there is none. */
	static @Nullable String excerpt(PreparedRequest request) {
		Body body = request.body();
		if (body == null) {
			return null;
		}
		byte[] bytes = body.bytes();
		if (bytes == null) {
			return "(streamed)";
		}
		String coding = request.headers().get("Content-Encoding");
		return BodyExcerpt.of(bytes, (coding == null) ? request.headers().get("Content-Type") : coding);
	}

	/** One exchange, which is logged when it ends. For one thread. */
	private final class LoggedExchange implements Scope {

		private final String line;

		private final StringBuilder details = new StringBuilder();

		LoggedExchange(Exchange exchange) {
			this.line = line(exchange);
			if (ExchangeLog.this.level.compareTo(Level.HEADERS) >= 0) {
				appendHeaders(this.details, '>', exchange.request().headers());
			}
			String body = (ExchangeLog.this.level == Level.BODY) ? excerpt(exchange.request()) : null;
			if (body != null) {
				this.details.append("\n  > ").append(body);
			}
		}

		@Override
		public void responded(Response response, Duration elapsed) {
			if (ExchangeLog.this.level.compareTo(Level.HEADERS) >= 0) {
				appendHeaders(this.details, '<', response.headers());
			}
			ExchangeLog.this.logger.info("{} -> {} in {} ms{}", this.line, response.statusCode(), elapsed.toMillis(),
					this.details);
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			ExchangeLog.this.logger.info("{} -> {} in {} ms: {}{}", this.line, error.getClass().getSimpleName(),
					elapsed.toMillis(), SecretSettings.masked(error.getMessage()), this.details);
		}

		@Override
		public void bodyFailed(RequestException error) {
			ExchangeLog.this.logger.info("{} -> the body could not be read: {}", this.line,
					SecretSettings.masked(error.getMessage()));
		}

	}

	/** Logs nothing. */
	enum NoScope implements Scope {

		INSTANCE

	}

}
