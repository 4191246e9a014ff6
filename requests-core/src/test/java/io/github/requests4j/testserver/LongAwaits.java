package io.github.requests4j.testserver;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives {@code await()} a minute instead of ten seconds, because a busy machine may stall
 * for longer than that. JUnit finds this extension by its entry in
 * {@code META-INF/services}.
 */
public final class LongAwaits implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
