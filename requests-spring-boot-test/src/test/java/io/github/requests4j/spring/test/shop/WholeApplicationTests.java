package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestContextManager;

import io.github.requests4j.spring.test.AutoConfigureRequestsMock;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Mocks beside the whole application, and what happens after each test.
 */
@SpringBootTest
@AutoConfigureRequestsMock
class WholeApplicationTests {

	@Test
	void mocksAnswerInTheWholeApplication(@Autowired MockSessions mocks, @Autowired PricesClient prices,
			@Autowired Counter counter) {
		mocks.session("prices").expect("GET", "/prices").reply(Reply.text("cheap"));
		assertThat(prices.prices()).isEqualTo("cheap");
		assertThat(counter).isNotNull();
	}

	@Test
	void missingCallsFailTheTestAfterwards() throws Exception {
		TestContextManager manager = begin(Slice.class);
		mocks(manager).session("prices").expect("GET", "/prices");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> end(manager, null))
			.withMessageContaining("GET /prices");
	}

	@Test
	void caughtErrorsFailTheTestAfterwards() throws Exception {
		TestContextManager manager = begin(Slice.class);
		PricesClient prices = manager.getTestContext().getApplicationContext().getBean(PricesClient.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(prices::prices);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> end(manager, null))
			.withMessageContaining("made an unexpected call");
	}

	@Test
	void failedTestIsNotCheckedAgain() throws Exception {
		TestContextManager manager = begin(Slice.class);
		mocks(manager).session("prices").expect("GET", "/prices");
		end(manager, new IllegalStateException("failed"));
		assertThat(mocks(manager).session("prices").calls()).isEmpty();
		mocks(manager).verify();
	}

	private static MockSessions mocks(TestContextManager manager) {
		return manager.getTestContext().getApplicationContext().getBean(MockSessions.class);
	}

	static TestContextManager begin(Class<?> type) throws Exception {
		TestContextManager manager = new TestContextManager(type);
		Object instance = new Object();
		manager.getTestContext().getApplicationContext();
		manager.beforeTestMethod(instance, type.getDeclaredMethod("test"));
		return manager;
	}

	static void end(TestContextManager manager, Throwable error) throws Exception {
		manager.afterTestMethod(new Object(), manager.getTestContext().getTestClass().getDeclaredMethod("test"), error);
	}

	@RequestsTest
	static class Slice {

		void test() {
		}

	}

}
