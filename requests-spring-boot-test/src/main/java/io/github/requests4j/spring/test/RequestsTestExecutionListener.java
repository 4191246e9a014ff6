package io.github.requests4j.spring.test;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets mocks and servers and inserts the cassette before each test method, and verifies
 * them after it, unless it has already failed.
 */
final class RequestsTestExecutionListener implements TestExecutionListener, Ordered {

	/**
	 * After dependency injection and before transactions.
	 */
	private static final int ORDER = 3500;

	/** The attribute with the cassette of the test class. */
	private static final String CLASS_CASSETTE = Cassette.class.getName();

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		with(test, LocalServer.class, LocalServer::reset);
		with(test, CassettePlayer.class, (player) -> {
			Cassette cassette = cassette(test);
			if (cassette != null) {
				player.insert(cassette);
			}
		});
	}

	@Override
	public void afterTestMethod(TestContext test) {
		boolean passed = test.getTestException() == null;
		with(test, CassettePlayer.class, (player) -> {
			Cassette cassette = player.eject();
			if (cassette != null) {
				cassette.endOfMethod(passed);
				if (cassette != test.getAttribute(CLASS_CASSETTE)) {
					cassette.end();
				}
			}
		});
		with(test, MockSessions.class, (mocks) -> {
			try {
				if (passed) {
					mocks.verify();
				}
			}
			finally {
				mocks.reset();
			}
		});
	}

	@Override
	public void afterTestClass(TestContext test) {
		if (test.removeAttribute(CLASS_CASSETTE) instanceof Cassette cassette) {
			cassette.end();
		}
	}

	/**
	 * Returns the cassette of the method, or that of the class, which its other methods
	 * share.
	 */
	private static @Nullable Cassette cassette(TestContext test) {
		Environment environment = test.getApplicationContext().getEnvironment();
		RequestsCassette own = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), RequestsCassette.class);
		if (own != null) {
			return new Cassette(own, environment);
		}
		RequestsCassette shared = AnnotatedElementUtils.findMergedAnnotation(test.getTestClass(),
				RequestsCassette.class);
		return (shared != null) ? test.computeAttribute(CLASS_CASSETTE, (name) -> new Cassette(shared, environment))
				: null;
	}

	private static <T> void with(TestContext test, Class<T> type, Consumer<T> action) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			context.getBeanProvider(type).ifAvailable(action);
		}
	}

}
