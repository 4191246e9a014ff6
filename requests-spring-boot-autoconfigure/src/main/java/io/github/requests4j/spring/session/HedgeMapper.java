package io.github.requests4j.spring.session;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.CallerContext;

/**
 * Puts hedging in front of the transports of a session.
 */
final class HedgeMapper {

	private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(\\.\\d+)?)");

	private final SessionProperties properties;

	private final @Nullable RetryBudget budget;

	private final SettingChecks checks;

	HedgeMapper(SessionProperties properties, @Nullable RetryBudget budget, SettingChecks checks) {
		this.properties = properties;
		this.budget = budget;
		this.checks = checks;
	}

	/**
	 * Returns a function that wraps an adapter with hedging.
	 * @param retry the policy of the adapter
	 */
	UnaryOperator<Adapter> map(Retry retry) {
		SessionProperties.Hedge hedge = this.properties.hedge();
		if (hedge == null || !hedge.isEnabled()) {
			return UnaryOperator.identity();
		}
		Hedging.Builder builder = Hedging.builder();
		this.checks.set("hedge.after", hedge.after(), (after) -> after(after.toLowerCase(Locale.ROOT), builder));
		this.checks.set("hedge.max", hedge.max(), builder::max);
		if (!retry.equals(Retry.none())) {
			builder.retry(retry);
		}
		else if (StringUtils.hasLength(this.properties.resilience().retry())) {
			// The named retry already counts the requests for the budget
			builder.retry(Retry.builder().budget(this.budget).build());
		}
		else {
			builder.budget(this.budget);
		}
		if (CallerContext.isAvailable()) {
			builder.taskDecorator(CallerContext::capture);
		}
		return builder.build()::wrap;
	}

	private static void after(String value, Hedging.Builder builder) {
		Matcher percentile = PERCENTILE.matcher(value);
		if (percentile.matches()) {
			builder.afterPercentile(Double.parseDouble(percentile.group(1)));
			return;
		}
		if (value.matches("[-+]?[0-9.]+")) {
			throw new IllegalArgumentException("A duration requires a unit, but '" + value + "' has none.");
		}
		try {
			builder.after(DurationStyle.detectAndParse(value));
		}
		catch (IllegalArgumentException ex) {
			throw value.matches("[-+]?\\d.*") ? ex
					: new IllegalArgumentException(
							"'" + value
									+ "' is neither a duration, such as 200ms, nor a percentile, such as p95, nor off.",
							ex);
		}
	}

}
