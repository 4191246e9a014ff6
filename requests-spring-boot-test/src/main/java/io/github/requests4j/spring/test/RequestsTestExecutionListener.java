package io.github.requests4j.spring.test;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
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

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		with(test, LocalServer.class, LocalServer::reset);
		RequestsCassette cassette = cassette(test);
		if (cassette != null) {
			with(test, CassettePlayer.class, (player) -> player.insert(cassette));
		}
	}

	@Override
	public void afterTestMethod(TestContext test) {
		boolean passed = test.getTestException() == null;
		with(test, CassettePlayer.class, (player) -> player.eject(passed));
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

	private static @Nullable RequestsCassette cassette(TestContext test) {
		RequestsCassette own = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), RequestsCassette.class);
		return (own != null) ? own
				: AnnotatedElementUtils.findMergedAnnotation(test.getTestClass(), RequestsCassette.class);
	}

	private static <T> void with(TestContext test, Class<T> type, Consumer<T> action) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			context.getBeanProvider(type).ifAvailable(action);
		}
	}

}
