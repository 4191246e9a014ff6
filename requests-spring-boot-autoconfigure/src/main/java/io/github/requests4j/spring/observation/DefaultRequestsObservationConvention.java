package io.github.requests4j.spring.observation;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.observation.RequestsObservationDocumentation.HighCardinalityKeys;
import io.github.requests4j.spring.observation.RequestsObservationDocumentation.LowCardinalityKeys;

/**
 * Uses the name and keys of Spring's own {@code http.client.requests}, so that existing
 * dashboards keep working, and adds the session and the client. Immutable.
 */
public class DefaultRequestsObservationConvention implements RequestsObservationConvention {

	/**
	 * The default name, which {@code management.observations.http.client.requests.name}
	 * overrides.
	 */
	public static final String DEFAULT_NAME = "http.client.requests";

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT", "QUERY");

	private static final String[] OUTCOMES = { "INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR",
			"SERVER_ERROR" };

	private final String name;

	/**
	 * Creates the convention.
	 * @param name the name of the observations
	 */
	public DefaultRequestsObservationConvention(String name) {
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(RequestsObservationContext context) {
		return "http " + method(exchange(context)).toLowerCase(Locale.ROOT);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
		Exchange exchange = exchange(context);
		Response response = context.getResponse();
		Throwable error = context.getError();
		return KeyValues.of(key(LowCardinalityKeys.CLIENT, exchange.context().client()),
				key(LowCardinalityKeys.CLIENT_NAME, exchange.request().parsedUrl().host()),
				key(LowCardinalityKeys.EXCEPTION, (error != null) ? error.getClass().getSimpleName() : null),
				key(LowCardinalityKeys.METHOD, method(exchange)),
				key(LowCardinalityKeys.OUTCOME, (response != null) ? outcome(response.statusCode()) : "UNKNOWN"),
				key(LowCardinalityKeys.SESSION, exchange.context().session()),
				key(LowCardinalityKeys.STATUS,
						(response != null) ? String.valueOf(response.statusCode()) : "CLIENT_ERROR"),
				key(LowCardinalityKeys.URI, path(exchange.context().uriTemplate())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(RequestsObservationContext context) {
		Exchange exchange = exchange(context);
		return KeyValues.of(key(HighCardinalityKeys.HTTP_URL, UrlText.withoutQuery(exchange.request().parsedUrl())),
				key(HighCardinalityKeys.KIND, exchange.kind().name().toLowerCase(Locale.ROOT)));
	}

	private static Exchange exchange(RequestsObservationContext context) {
		return Objects.requireNonNull(context.getCarrier(), "exchange");
	}

	/**
	 * Returns the method, or "_OTHER" for an unknown one. Otherwise, custom methods could
	 * create an unlimited number of series.
	 */
	private static String method(Exchange exchange) {
		String method = exchange.request().method();
		return (method != null && METHODS.contains(method)) ? method : "_OTHER";
	}

	private static String outcome(int status) {
		int series = status / 100;
		return (series >= 1 && series <= OUTCOMES.length) ? OUTCOMES[series - 1] : "UNKNOWN";
	}

	private static @Nullable String path(@Nullable String template) {
		if (template == null) {
			return null;
		}
		int host = template.indexOf("://");
		int start = (host >= 0) ? template.indexOf('/', host + 3) : 0;
		String path = (start >= 0) ? template.substring(start) : "";
		return path.startsWith("/") ? path : "/" + path;
	}

	private static KeyValue key(KeyName key, @Nullable String value) {
		return KeyValue.of(key, (value != null && !value.isEmpty()) ? value : KeyValue.NONE_VALUE);
	}

}
