package io.github.requests4j.spring.observation;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.observation.RequestsObservationDocumentation.HighCardinalityKeys;
import io.github.requests4j.spring.observation.RequestsObservationDocumentation.LowCardinalityKeys;
import io.github.requests4j.spring.internal.logging.ExchangeLog;

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
		return "http " + ExchangeValues.method(context.exchange()).toLowerCase(Locale.ROOT);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
		Exchange exchange = context.exchange();
		Throwable error = context.getError();
		return KeyValues.of(key(LowCardinalityKeys.CLIENT, exchange.context().client()),
				key(LowCardinalityKeys.CLIENT_NAME, exchange.request().parsedUrl().host()),
				key(LowCardinalityKeys.EXCEPTION, (error != null) ? error.getClass().getSimpleName() : null),
				key(LowCardinalityKeys.METHOD, ExchangeValues.method(exchange)),
				key(LowCardinalityKeys.OUTCOME, outcome(context)),
				key(LowCardinalityKeys.SESSION, exchange.context().session()),
				key(LowCardinalityKeys.STATUS, status(context)),
				key(LowCardinalityKeys.URI, ExchangeLog.template(exchange.context())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(RequestsObservationContext context) {
		return KeyValues.of(key(HighCardinalityKeys.HTTP_URL, context.url()),
				key(HighCardinalityKeys.KIND, ExchangeLog.kind(context.exchange())));
	}

	private static String outcome(RequestsObservationContext context) {
		Response response = context.getResponse();
		if (response != null) {
			return ExchangeValues.outcome(response.statusCode());
		}
		return context.isCancelled() ? ExchangeValues.CANCELLED : ExchangeValues.UNKNOWN;
	}

	private static String status(RequestsObservationContext context) {
		Response response = context.getResponse();
		if (response != null) {
			return String.valueOf(response.statusCode());
		}
		return context.isCancelled() ? ExchangeValues.CANCELLED : "CLIENT_ERROR";
	}

	private static KeyValue key(KeyName key, @Nullable String value) {
		return KeyValue.of(key, (value != null && !value.isEmpty()) ? value : KeyValue.NONE_VALUE);
	}

}
