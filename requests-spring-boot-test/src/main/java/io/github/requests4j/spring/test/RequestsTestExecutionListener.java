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
 * Begins each test method with empty mocks, servers and the right cassette, and verifies
 * them after it, unless it has failed already.
 */
final class RequestsTestExecutionListener implements TestExecutionListener, Ordered {

	/**
	 * After the dependencies of the test were injected, before transactions and the like.
	 */
	private static final int ORDER = 3500;

	/** The attribute with the cassette of the test class. */
	private static final String OF_CLASS = Cassette.class.getName();

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
				if (cassette != test.getAttribute(OF_CLASS)) {
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
		if (test.removeAttribute(OF_CLASS) instanceof Cassette cassette) {
			cassette.end();
		}
	}

	/** A class has one cassette for all its methods, apart from those with their own. */
	private static @Nullable Cassette cassette(TestContext test) {
		Environment environment = test.getApplicationContext().getEnvironment();
		RequestsCassette own = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), RequestsCassette.class);
		if (own != null) {
			return new Cassette(own, environment);
		}
		RequestsCassette shared = AnnotatedElementUtils.findMergedAnnotation(test.getTestClass(),
				RequestsCassette.class);
		return (shared != null) ? test.computeAttribute(OF_CLASS, (name) -> new Cassette(shared, environment)) : null;
	}

	private static <T> void with(TestContext test, Class<T> type, Consumer<T> action) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			context.getBeanProvider(type).ifAvailable(action);
		}
	}

}
