package io.github.requests4j.sample.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests if there is no browser, and reports that, unless a browser is required.
 */
final class ChromiumCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Chromium.find().isPresent() || Chromium.isRequired()) {
			return ConditionEvaluationResult.enabled("There is a browser, or there has to be one");
		}
		return ConditionEvaluationResult.disabled(Chromium.MISSING);
	}

}
