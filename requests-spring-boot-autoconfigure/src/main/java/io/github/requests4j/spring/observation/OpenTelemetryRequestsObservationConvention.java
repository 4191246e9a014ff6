package io.github.requests4j.spring.observation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.url.Url;
import io.github.requests4j.spring.internal.logging.ExchangeLog;

/**
 * Uses the names of OpenTelemetry's stable semantic conventions for HTTP clients, as
 * {@code requests.observation.conventions: otel} requires, and adds the session and the
 * client. Tags of meters always exist, and are "none" without a value. Attributes that
 * only spans have are absent instead. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/">Semantic conventions
 * for HTTP</a>
 */
public class OpenTelemetryRequestsObservationConvention implements RequestsObservationConvention {

	/**
	 * The default name, which {@code management.observations.http.client.requests.name}
	 * overrides.
	 */
	public static final String DEFAULT_NAME = "http.client.request.duration";

	/** The tag for the template of the path. */
	static final String URL_TEMPLATE = "url.template";

	private static final String REDACTED = "REDACTED";

	private static final KeyValue PROTOCOL = KeyValue.of("network.protocol.version", "1.1");

	private final String name;

	/**
	 * Creates the convention.
	 * @param name the name of the observations
	 */
	public OpenTelemetryRequestsObservationConvention(String name) {
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(RequestsObservationContext context) {
		Exchange exchange = context.exchange();
		String method = ExchangeValues.method(exchange);
		String template = ExchangeLog.template(exchange.context());
		return (method.equals(ExchangeValues.OTHER) ? "HTTP" : method) + ((template != null) ? " " + template : "");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
		Exchange exchange = context.exchange();
		Response response = context.getResponse();
		Url url = exchange.request().parsedUrl();
		return KeyValues.of(key("client", exchange.context().client()), key("error.type", errorType(context)),
				key("http.request.method", ExchangeValues.method(exchange)),
				key("http.response.status_code", (response != null) ? Integer.toString(response.statusCode()) : null),
				PROTOCOL, key("server.address", address(url)),
				key("server.port", Integer.toString(url.effectivePort())), key("session", exchange.context().session()),
				key("url.scheme", url.scheme()), key(URL_TEMPLATE, ExchangeLog.template(exchange.context())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(RequestsObservationContext context) {
		Exchange exchange = context.exchange();
		List<KeyValue> values = new ArrayList<>(4);
		values.add(KeyValue.of("url.full", full(context)));
		values.add(KeyValue.of("requests.kind", ExchangeLog.kind(exchange)));
		String method = exchange.request().method();
		if (method != null && ExchangeValues.method(exchange).equals(ExchangeValues.OTHER)) {
			values.add(KeyValue.of("http.request.method_original", method));
		}
		if (context.resendCount() > 0) {
			values.add(KeyValue.of("http.request.resend_count", Integer.toString(context.resendCount())));
		}
		return KeyValues.of(values);
	}

	/** Returns the class of the exception, or the status if it is an error. */
	private static @Nullable String errorType(RequestsObservationContext context) {
		Throwable error = context.getError();
		if (error != null) {
			return error.getClass().getName();
		}
		Response response = context.getResponse();
		return (response != null && response.statusCode() >= 400) ? Integer.toString(response.statusCode()) : null;
	}

	/** IPv6 addresses have no brackets here, unlike in URLs. */
	private static @Nullable String address(Url url) {
		String host = url.host();
		return (host != null) ? IpAddress.withoutBrackets(host) : null;
	}

	/**
	 * Returns the URL without credentials and fragment. Values of the query may be
	 * secrets whatever their name is.
	 */
	private static String full(RequestsObservationContext context) {
		String path = context.url();
		String query = context.exchange().request().parsedUrl().query();
		if (query == null || query.isEmpty()) {
			return path;
		}
		StringBuilder full = new StringBuilder(path).append('?');
		for (String pair : query.split("&", -1)) {
			int value = pair.indexOf('=');
			full.append((full.length() > path.length() + 1) ? "&" : "");
			full.append((value >= 0) ? pair.substring(0, value + 1) : "").append(pair.isEmpty() ? "" : REDACTED);
		}
		return full.toString();
	}

	private static KeyValue key(String key, @Nullable String value) {
		return KeyValue.of(key, (value != null && !value.isEmpty()) ? value : KeyValue.NONE_VALUE);
	}

}
